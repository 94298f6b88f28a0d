/** An HTTP server of the checked program. */
export interface ListeningServer {
  readonly protocol: 'http' | 'https';
  /** As it can be reached from this machine. */
  readonly host: string;
  readonly port: number;
}

export function originOf({ protocol, host, port }: ListeningServer): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
