const holder = {
  get value() {
    return { list: new Array(11) }; //@ get value
  },
  set value(list) {
    this.kept = list.concat(list); //@ set value
  },
};
class Lazy {
  static length = 13;
  static get shared() {
    return new Array(Lazy.length); //@ get shared:152
  }
}
export function run() {
  holder.value = Lazy.shared;
  return holder.value;
}
