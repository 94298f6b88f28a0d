/** The bundled text of a worker thread's program (see apps/toolchain/src/worker-source.mjs). */
declare module '*?worker-source' {
  const source: string;
  export default source;
}
