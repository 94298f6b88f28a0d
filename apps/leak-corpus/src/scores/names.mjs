/** Types that any leak may be made of: naming one explains nothing where a class of the program's own leaks. */
export const generalTypes = new Set([
  ...[
    'Object',
    'Array',
    'Map',
    'Set',
    'Promise',
    'Function',
    'Context',
    'string',
    'number',
    'symbol',
    'code',
    'closure',
  ],
  ...[
    'array',
    'native_bind',
    'PromiseReaction',
    'HeapNumber',
    'PropertyArray',
    'NameDictionary',
    'concatenated string',
    'external',
    'rss',
    'worker',
    'system / Context',
    '(string)',
    '(array)',
    '(code)',
    '(closure)',
  ],
  ...[
    '(object elements)',
    '(object properties)',
    '(sliced string)',
    '(concatenated string)',
    '(compiled code)',
  ],
]);

/**
 * Whether a text holds one of the names as a whole word (`Session` is not in `SessionStore`).
 *
 * @param {string} text
 * @param {readonly string[]} names
 */
export function namesAny(text, names) {
  return names.some((name) => {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      const [before, after] = [text[at - 1] ?? ' ', text[at + name.length] ?? ' '];
      if (!(isWord(before) && isWord(name[0])) && !(isWord(after) && isWord(name.at(-1)))) return true;
    }
    return false;
  });
}

const isWord = (character) => /[\w$]/.test(character);
