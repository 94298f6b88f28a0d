/** Messages that were delivered, by address. Whoever delivers should also collect. */
const delivered = new Map();

export function deliver(address, text) {
  const messages = delivered.get(address) ?? [];
  messages.push({ text, at: new Date() });
  delivered.set(address, messages);
}

/** Returns what was delivered to an address, and forgets it. */
export function collect(address) {
  const messages = delivered.get(address) ?? [];
  delivered.delete(address);
  return messages;
}
