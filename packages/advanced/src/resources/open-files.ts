import { fstatSync } from 'node:fs';

/** Which call opened each open file. */
export class OpenFiles {
  /** By the number of the file: one more than the id of its opening; 0 where it is not known. */
  #ids = new Int32Array(64);

  /** A number that was in use before is in use anew: nobody needs to tell of the closing. */
  set(fd: number, id: number | null): void {
    if (fd < 0) return;
    if (fd >= this.#ids.length) {
      const larger = new Int32Array(2 ** Math.ceil(Math.log2(fd + 1)));
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[fd] = id === null ? 0 : id + 1;
  }

  /** The openings of what is open. */
  read(): number[] {
    const open: number[] = [];
    this.#ids.forEach((id, fd) => {
      if (id === 0) return;
      if (isFile(fd)) open.push(id - 1);
      else this.#ids[fd] = 0;
    });
    return open;
  }
}

/** Its number may have gone to a socket or a pipe since. */
function isFile(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return !stats.isSocket() && !stats.isFIFO();
  } catch {
    return false;
  }
}
