import { memx as express } from '@memx/integrations/express';
import { memx as fastify } from '@memx/integrations/fastify';
import { MemoryInterceptor, MemxModule } from '@memx/integrations/nest';
import { Module } from '@nestjs/common';
import createExpress from 'express';
import { fastify as createFastify } from 'fastify';

createExpress().use(express({ onRequest: ({ deltaBytes }) => console.log(deltaBytes.toFixed(2)) }));
// @ts-expect-error the options are checked: the types have arrived, and are not `any`
express({ onRequest: 'no function' });

await createFastify().register(fastify);

export class AppModule {}
Module({ imports: [MemxModule.forRoot()], providers: [MemoryInterceptor] })(AppModule);
