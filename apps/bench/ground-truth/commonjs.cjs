'use strict';
const { EventEmitter } = require('node:events');
function handle(length) {
  this.last = new Array(length).fill(0); //@ handle:344
}
exports.run = function run(i) {
  const emitter = new EventEmitter(); //@ run
  emitter.on('work', handle);
  emitter.emit('work', 37);
  return { emitter, i }; //@ run:40
};
