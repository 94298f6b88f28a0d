/** promises-a-plus.cjs <package>: the Promises/A+ suite on a library of promises. */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const requireHere = createRequire(join(process.cwd(), 'package.json'));
const library = requireHere(process.argv[2]);
const runSuite = requireHere('promises-aplus-tests');

const adapter = {
  deferred() {
    if (library.defer) {
      const { promise, resolve, reject } = library.defer();
      return { promise, resolve, reject };
    }
    const deferred = {};
    deferred.promise = new library.Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
    return deferred;
  },
};
runSuite(adapter, { reporter: 'tap', timeout: 20_000 }, (failures) => {
  process.exitCode = failures ? 1 : 0;
});
