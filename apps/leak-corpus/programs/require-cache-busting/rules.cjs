'use strict';
const rules = ['admin', 'login', 'search', 'cart', 'help'].map((name) => ({
  name,
  pattern: `/${name}/`,
  weight: name.length,
}));

exports.match = (path) => rules.find(({ pattern }) => path.startsWith(pattern));
exports.describe = () => rules.map(({ name, weight }) => `${name}=${weight}`).join();
