import 'reflect-metadata';
import { MemoryInterceptor, MemxModule } from '@memx/integrations/nest';
import { Controller, Get, Inject, Module, Param, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { sendVisitors } from './visitors.mjs';

// Decorators are called as functions, so that Node runs this file as it is.

class PriceService {
  cache = new Map();

  quote(basket) {
    const cached = this.cache.get(basket);
    if (cached) return cached;
    const quote = { basket, items: Array.from({ length: 20 }, (_, index) => ({ index, cents: 17 * index })) };
    // A cache without a bound, keyed by what no one asks for twice.
    this.cache.set(basket, quote);
    return quote;
  }
}

class PriceController {
  constructor(prices) {
    this.prices = prices;
  }

  find(basket) {
    const { items } = this.prices.quote(basket);
    return { basket, cents: items.reduce((sum, { cents }) => sum + cents, 0) };
  }
}
Controller('prices')(PriceController);
UseInterceptors(MemoryInterceptor)(PriceController);
Inject(PriceService)(PriceController, undefined, 0);
Get(':basket')(
  PriceController.prototype,
  'find',
  Object.getOwnPropertyDescriptor(PriceController.prototype, 'find'),
);
Param('basket')(PriceController.prototype, 'find', 0);

class AppModule {}
const slowest = { durationMs: 0 };
Module({
  imports: [
    MemxModule.forRoot({
      onHandler(record) {
        if (record.durationMs > slowest.durationMs) Object.assign(slowest, record);
      },
    }),
  ],
  controllers: [PriceController],
  providers: [PriceService],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'], forceCloseConnections: true });
await app.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
const url = await app.getUrl();
console.log(`Listening on ${url}/`);

const stopping = new AbortController();
process.once('SIGTERM', async () => {
  stopping.abort();
  await app.close();
  console.log(
    `Slowest handler: ${slowest.controller}.${slowest.handler}, ${slowest.durationMs.toFixed(1)} ms`,
  );
});
if (process.env.LOAD !== '0') await sendVisitors(`${url}/prices/`, stopping.signal);
