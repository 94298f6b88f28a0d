'use strict';
const { parentPort, workerData } = require('node:worker_threads');

const rules = new Map(['order.create', 'order.read'].map((action) => [action, workerData.length % 2 === 0]));
parentPort.on('message', (action) => parentPort.postMessage(rules.get(action)));
