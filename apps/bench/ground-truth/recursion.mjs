function tree(depth) {
  if (depth === 0) return null;
  return { //@ tree:600
    left: tree(depth - 1),
    right: tree(depth - 1),
  };
}
const flatten = (node) => (node === null ? [] : [...flatten(node.left), node, ...flatten(node.right)]); //@ flatten
export function run() {
  return flatten(tree(4));
}
