const tag = (parts, ...values) => ({ parts, values }); //@ tag
export function run(i) {
  return tag`a${i}b${i + 1}c`;
}
