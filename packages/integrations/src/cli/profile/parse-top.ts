import { InvalidArgumentError } from 'commander';

export function parseTop(text: string): number {
  const top = Number(text);
  if (Number.isInteger(top) && top > 0) return top;
  throw new InvalidArgumentError('Give a whole number, 1 or more.');
}
