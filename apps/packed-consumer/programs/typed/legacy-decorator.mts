import { trackMemory } from '@memx/core';

export class Service {
  @trackMemory({ intervalMs: 100 })
  load(id: number): string {
    return `${id}`;
  }
}

export const text: string = new Service().load(1);
