/** Where an expression stands: what of the language it may use. */
interface Context {
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** In a method: `super` means something. */
  readonly isMethod: boolean;
  /** In a class field or static block: no `arguments`. */
  readonly isField: boolean;
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'x', 'y', 'f', 'K'] as const;

/**
 * Writes programs out of a tape of choices: expressions of every kind in every position, most of which throw or make
 * no sense, each in a `try` of its own. A program calls `print` and never loops for long.
 */
export class ProgramWriter {
  #tape: readonly number[];
  #at = 0;
  #labels = 0;
  /** Classes or direct `eval`: some programs with both crash the V8 of Node 20 and 22. */
  #hasClasses = true;
  #isStrict = true;

  constructor(tape: readonly number[]) {
    this.#tape = tape;
  }

  write(isStrict: boolean): string {
    this.#hasClasses = this.#pick(2) === 0;
    this.#isStrict = isStrict;
    const context = { isAsync: true, isGenerator: false, isMethod: false, isField: false };
    const body = this.#statements(context, 3, 6);
    return `${isStrict ? "'use strict'" : ''}
const log = (label, value) => print(label, typeof value, show(value))
let a = 1, b = 'x', c = [1, 'two', 3]
const d = { k: 'k', m(v) { return [this.k, v] }, get g() { return { n: a } }, set s(v) { b = v }, t: (q, ...r) => q.raw.join() + r }
var e = null
function f(x, y = [x]) { log('f', arguments.length); return y ? (z) => x + z : d }
class K { constructor(v) { this.v = v } m(v) { return { v, w: this?.v } } static z = [] }
async function main(x, y) {
${body}
}
return main.call(d, 'p', 2)`;
  }

  #pick(count: number): number {
    const value = this.#tape[this.#at % this.#tape.length] ?? 0;
    this.#at += 1;
    return (value + Math.floor(this.#at / this.#tape.length)) % count;
  }

  #oneOf(...options: (() => string)[]): string {
    return (options[this.#pick(options.length)] ?? (() => '0'))();
  }

  #name(): string {
    return NAMES[this.#pick(NAMES.length)] ?? 'a';
  }

  #statements(context: Context, depth: number, count: number): string {
    const texts: string[] = [];
    for (let i = 1 + this.#pick(count); i > 0; i--) texts.push(this.#statement(context, depth));
    return texts.join('\n');
  }

  #statement(context: Context, depth: number): string {
    const value = () => this.#expression(context, depth);
    const guarded = (text: string) => `try { ${text} } catch (error) { print('threw', error.name) }`;
    if (depth <= 0) return guarded(`log('s', ${value()})`);
    const inner = () => this.#statements(context, depth - 1, 2);
    this.#labels += 1;
    const label = `l${this.#labels}`;
    return this.#oneOf(
      () => guarded(`log('${label}', ${value()})`),
      () => guarded(`${this.#name()}\n;${value()}`),
      () => guarded(`const v = ${value()}\n${this.#name()} = v\nlog('${label}', v)`),
      () => guarded(`const ${this.#pattern()} = ${value()}; log('${label}', [p1, p2])`),
      () => guarded(`${this.#target(context, depth)} = ${value()}; log('${label}', [a, b, c.length, e])`),
      () =>
        guarded(
          `${this.#oneOf(
            () => 'b',
            () => 'e',
            () => 'd.k',
            () => 'a',
          )} += ${value()}; log('${label}', [a, b, e])`,
        ),
      () =>
        guarded(`${label}: for (let i = 0; i < 2; i++) { ${inner()}\nif (${value()}) continue ${label} }`),
      () => guarded(`for (const y of [${value()}, ${value()}]) { ${inner()} }`),
      () => guarded(`for (const k in ${value()}) { log(k, [k + ${value()}]); break }`),
      () => guarded(`if (${value()}) log('${label}', ${value()})\nelse log('${label}', ${value()})`),
      () =>
        guarded(
          `switch (${value()}) { case 1: let w = 1; ${inner()}; default: log('${label}', ${value()}) }`,
        ),
      () =>
        guarded(`{ let b = ${value()}\nfunction f() { return b }\n${inner()}\nlog('${label}', [f(), b]) }`),
      () => guarded(`do log('${label}', ${value()})\nwhile (false)`),
      () =>
        guarded(
          `const g = ${this.#function(context, depth)}\nlog(g.name, g); log('${label}', g(${value()}))`,
        ),
      () =>
        guarded(`for (const v of (function* (x) { ${this.#statements({ ...context, isAsync: false, isGenerator: true }, depth - 1, 2)}
        yield ${this.#expression({ ...context, isAsync: false, isGenerator: true }, depth - 1)} })(1)) log('${label}', v)`),
      () =>
        this.#hasClasses
          ? guarded(
              `${this.#class(depth)}\nlog('${label}', new L(${value()}))\nlog('m', new L().m(${value()}))`,
            )
          : inner(),
      () =>
        context.isAsync
          ? guarded(`log('${label}', await (async (y) => { ${inner()}\nreturn ${value()} })(${value()}))`)
          : inner(),
      () => guarded(`throw ${value()}`),
      () => guarded(`throw new RangeError(${value()}, { cause: ${value()} })`),
      () => guarded(this.#scopes(context, depth, label)),
    );
  }

  /** Which variable is meant, when it can be read, and what leaves a block. */
  #scopes(context: Context, depth: number, label: string): string {
    const value = () => this.#expression(context, depth - 1);
    const inner = () => this.#statements(context, depth - 1, 2);
    const plain = { isAsync: false, isGenerator: false, isMethod: false, isField: false };
    return this.#oneOf(
      () =>
        `log('${label}', [typeof h, v]); var v = ${value()}; function h() { return [v] }; log('${label}', h())`,
      () => `const early = () => [late, ${value()}]; try { early() } catch (error) { log(error.name) }
        let late = ${value()}; log('${label}', early())`,
      () =>
        `const kept = []; for (let i = 0, j = [i]; i < 3; i++) kept.push(() => [i, j, ${value()}]); log('${label}', kept.map((k) => k()))`,
      () =>
        `for (const [k, { length }] of Object.entries({ p: [1], q: ${value()} })) log('${label}', { k, length })`,
      () => `try { ${inner()} } catch { log('${label}', [b]) } finally { log('f', [${value()}]) }`,
      () => `log('${label}', (() => { try { return [${value()}] } finally { b = [b] } })())`,
      () => `${label}: { ${inner()}\nif (${value()}) break ${label}; log('${label}', [b]) }`,
      () =>
        `${label}: for (const i of [1, 2]) { for (const j of [[i], ${value()}]) { log('j', [i, j]); if (i) continue ${label}; break ${label} } }`,
      () =>
        `log('${label}', (function (x, y) { x = [y]; arguments[1] = { z: x }; return [arguments[0], y, arguments.length, ${this.#expression(plain, depth - 1)}] })(${value()}, 2))`,
      () =>
        `const g = function n(x, y = () => [x], ...z) { var x; return [x, y(), z, n.length, n.name] }; log('${label}', g(${value()}, undefined, [3]))`,
      () =>
        `let t = 1; t **= 3; t <<= 1; t ??= []; log('${label}', [t++, --t, -t, ${value()}]); t += [${value()}]; log('${label}', t)`,
      () => `const it = (function* () { try { const got = yield [1]; log('got', [got]); yield* [[2], ${value()}] } finally { log('done', [b]) } })()
        log('${label}', [it.next(), it.next(${value()}), it.return([3])])`,
      () =>
        context.isAsync
          ? `for await (const v of (async function* (x) { yield [x]; yield await [${value()}]; yield* [{ x }] })([1])) { log('${label}', v)\n${inner()} }`
          : inner(),
      () =>
        context.isAsync
          ? `for await (const v of [[1], Promise.resolve([${value()}])]) log('${label}', [v])`
          : inner(),
      () =>
        this.#isStrict || this.#hasClasses
          ? inner()
          : `with ({ b: [${value()}], q() { return [this.b] } }) { log('${label}', [b, q()]); b = [b] }`,
      () =>
        this.#hasClasses
          ? `class M { static #n = [0]; #q = [${value()}]; static get n() { return [M.#n] } get #a() { return [this.#q] } set #a(v) { this.#q = [v] }
            #m(...r) { return [r, new.target] } static async *gen(x) { yield [x]; yield [this.#n] } ['f' + 1] = [this.#m(1)]; static { this.s = [this.#n] }
            run(o) { this.#a = [this.#a]; return [this.#m([1]), this.#a, o?.#q, #q in Object(o), this.f1] } }
            log('${label}', [new M().run(new M()), M.n, M.s]); log('${label}', new M().run(${value()}))`
          : inner(),
      () =>
        this.#hasClasses
          ? `class P extends K { constructor(x) { const made = () => super([x]); made(); this.t = [new.target === P]; return x ? this : undefined }
            get m2() { return [super.m(1)] } static z = [super.z]; z = [super.m([1])] }
            log('${label}', new P(${value()})); log('${label}', new P().m2); log('${label}', P.z)`
          : inner(),
    );
  }

  #pattern(): string {
    return this.#oneOf(
      () => `[p1 = [1], p2 = () => p1]`,
      () => `{ length: p1 = { q: 1 }, ['na' + 'me']: p2 = class {} }`,
      () => `[p1, ...p2]`,
      () => `{ p1: [p1 = [b]] = [], p2 = { b, get q() { return [b] } } }`,
      () => `[, { p1 = () => [p1] } = {}, [p2] = [[a]]]`,
      () => `{ p1 = ${'`'}\${b}${'`'}, ...p2 }`,
    );
  }

  #target(context: Context, depth: number): string {
    return this.#oneOf(
      () => this.#name(),
      () => 'd.k',
      () => `c[c.concat([1]).length]`,
      () => `[a, b = [${this.#expression(context, depth - 1)}]]`,
      () => '({ k: e, ...d.rest } = d, e)',
      () => `f(1)[${this.#expression(context, depth - 1)}]`,
    );
  }

  #function(context: Context, depth: number): string {
    const plain = { isAsync: false, isGenerator: false, isMethod: false, isField: false };
    const body = (inner: Context) =>
      `${this.#statements(inner, depth - 1, 2)}\nreturn ${this.#expression(inner, depth - 1)}`;
    return this.#oneOf(
      () => `(x) => ${this.#expression({ ...context, isAsync: false, isGenerator: false }, depth - 1)}`,
      () => `(x, [y] = [x]) => { ${body({ ...context, isAsync: false, isGenerator: false })} }`,
      () => `function (x, y = x + 'y') { ${body(plain)} }`,
      () => `function b(x) { ${body(plain)} }`,
      () =>
        // Nobody may wait for its promise.
        `async (x) => { try { ${body({ ...context, isAsync: true, isGenerator: false })} } catch (error) { return error?.name } }`,
      () => `() => ({ x, y })`,
    );
  }

  #class(depth: number): string {
    const method = { isAsync: false, isGenerator: false, isMethod: true, isField: false };
    const field = { ...method, isMethod: false, isField: true };
    const value = (inner: Context) => this.#expression(inner, depth - 1);
    // `await` in a computed key crashes the V8 of Node 20.
    const head = { isAsync: false, isGenerator: false, isMethod: false, isField: true };
    return `class L extends ${this.#oneOf(
      () => 'K',
      () => 'Array',
      () => value(head),
    )} {
      #p = ${value(field)}
      field = () => ${value(field)}
      static s = [${value(field)}]
      static { log('static', ${value(field)}) }
      constructor(x, y = [x]) { ${this.#oneOf(
        () => '',
        () => `if (x) log('c', [x])`,
      )}
        super(${value({ ...method, isMethod: false })}); this.own = ${value(method)} }
      [${value(head)}]() { return super.m }
      m(x, y) { log('p', this.#p); ${this.#statements(method, depth - 1, 2)}
        return [super.m(x), #p in this, ${value(method)}] }
      get g() { return ${value(method)} }
    }`;
  }

  #expression(context: Context, depth: number): string {
    if (depth <= 0) return this.#atom(context);
    const value = () => this.#expression(context, depth - 1);
    return this.#oneOf(
      () => this.#atom(context),
      () => `[${value()}, , ...[${value()}]]`,
      () =>
        `{ k: ${value()}, [${value()}]: 1, b, ...${value()}, m() { return ${this.#expression({ isAsync: false, isGenerator: false, isMethod: false, isField: false }, depth - 1)} } }`
          .replace(/^/, '(')
          .replace(/$/, ')'),
      () => `(${this.#function(context, depth)})`,
      () => `(${this.#function(context, depth)})(${value()}, ${value()})`,
      () => `${'`'}t\${${value()}}\n\${${value()}}${'`'}`,
      () => `d.t${'`'}u\${${value()}}${'`'}`,
      () => `${this.#name()}(${value()})`,
      () => `${this.#name()}?.m(${value()})?.[${value()}].length`,
      () => `(${this.#name()}?.m)(${value()})`,
      () => `d.m(${value()}).concat(${value()})`,
      () => `c.map((z) => ${value()})`,
      () => `new K(${value()})`,
      () => `new (f(${value()}))`,
      () => `new Map([[${value()}, ${value()}]]).get(${value()})`,
      () => `(${value()} + ${value()} + ${value()})`,
      () => `('' + ${value()})`,
      () => `(${this.#name()} = ${value()})`,
      () => `(${this.#name()} += ${value()})`,
      () => `(b ??= ${value()}, e ||= ${value()})`,
      () => `(${value()} ? ${value()} : ${value()})`,
      () => `(${value()} && ${value()})`,
      () => `typeof ${this.#oneOf(() => 'missing', value)}`,
      () => `delete d[${value()}]`,
      () => `JSON.parse(JSON.stringify(${value()}) ?? '0')`,
      () => `'a,b'.split(${value()}).length`,
      () => `/q/g.exec(${value()})`,
      () => `8/f(${value()})/2`,
      () => `[/q/, ${value()}]`,
      () => (this.#hasClasses ? value() : `eval(${JSON.stringify(`${this.#name()} + 1`)})`),
      () =>
        context.isField || this.#pick(4)
          ? value()
          : `eval(${JSON.stringify('var added = [b]; added.length')})`,
      () =>
        `({ get [${value()}]() { return [b] }, set q(v) { b = [v] }, *i() { yield [b] }, async j() { return [b] }, ['k' + 1]: () => [b] })`,
      () => `({ __proto__: d, m(v) { return [super.m(v), super.k] } }).m(${value()})`,
      () => `String.raw${'`'}a\\n\${${value()}}${'`'}`,
      () => `((q, ...r) => [q, q.raw, r])${'`'}a\\u{41}\${${value()}}b\${[1]}${'`'}`,
      () => `f?.(${value()})?.(${value()})`,
      () => `d?.['m']?.(${value()}).length`,
      () => `(${value()}, [${value()}])`,
      () => `[${value()} instanceof K, 'k' in d, void [1], !{}]`,
      () => `[...new Set([${value()}, ${value()}])].map(String)`,
      () =>
        this.#hasClasses
          ? `new (class Z { n = [new.target]; constructor() { this.o = [new.target.name] } })()`
          : `[new K(1)]`,
      () =>
        `(function () { return [f, K.prototype.m, d.m, ${this.#name()}].map((g) => [g?.name, g?.length, '' + g]) })()`,
      () =>
        this.#isStrict
          ? value()
          : `(function () { return [arguments.callee === ${this.#name()}, arguments.callee.length] })(${value()})`,
      () =>
        `(function (x) { return [].concat([].splice.call(arguments, 0, 1, 7), x, ...arguments, ${this.#name()}).slice(0, 4) })(${value()})`,
      () => (context.isAsync ? `(await ${value()})` : value()),
      () => (context.isAsync ? `f(await ${value()}, [${value()}])` : value()),
      () => (context.isGenerator ? `(yield ${value()})` : value()),
      () =>
        `class { static n = ${this.#expression({ isAsync: false, isGenerator: false, isMethod: false, isField: true }, depth - 1)} }`,
    );
  }

  #atom(context: Context): string {
    return this.#oneOf(
      () => this.#name(),
      () => `${this.#pick(5)}`,
      () => `'s${this.#pick(5)}'`,
      () => 'this',
      () => (context.isField ? 'c' : 'arguments[0]'),
      () => (context.isField ? 'd' : `[].concat(...arguments, ${this.#name()}).length`),
      () => (context.isField ? 'e' : '[[].slice.call(arguments, 0, 1)]'),
      () => (context.isMethod ? 'super.m' : 'd'),
      () => 'new.target',
      () => `[${this.#name()}]`,
      () => `({ ${this.#name()}: 1 })`,
      () => 'this?.k',
    );
  }
}
