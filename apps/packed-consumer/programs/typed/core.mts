import { AsyncMemoryContext, MemoryContext, MemxError, trackMemory } from '@memx/core';

const add = trackMemory((a: number, b: number) => a + b, { intervalMs: 100 });
export const sum: number = add(1, 2).result;
// @ts-expect-error the result is a number: the types have arrived, and are not `any`
export const text: string = add(1, 2).result;
// @ts-expect-error the arguments keep their types
add('1', '2');

export async function load(): Promise<string> {
  const { result, memoryUsage } = await trackMemory(async (name: string) => name)('x');
  return result + memoryUsage.toCSV();
}

export class Service {
  @trackMemory({ intervalMs: 100, onProfile: ({ memoryUsage }) => console.log(memoryUsage.peak.rssBytes) })
  load(id: number): string {
    return `${id}`;
  }
}

export function inContext(): void {
  using context = new MemoryContext({ label: 'sync' });
  void context;
}

export async function inAsyncContext(): Promise<void> {
  await using context = new AsyncMemoryContext({ label: 'async' });
  void context;
}

export const isOurs = (error: unknown): boolean => error instanceof MemxError && error.remedy.length > 0;
