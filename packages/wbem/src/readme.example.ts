import { compileMof, defineClass, formatMof, instanceOf, parseMof, WbemError } from '@wmisec/wbem';

const house = defineClass({ name: 'Acme_House', properties: { Street: { type: 'string', key: true } } });

const text = `
  [dynamic, provider("Doors")]
  class Acme_Door {
    [key] uint32 Id;
    boolean Open = FALSE;
    Acme_House ref House;
    uint32 Turn([in] string Code);
  };

  instance of Acme_House as $home { Street = "Elm Road 1"; };
  instance of Acme_Door { Id = 7; House = $home; };
`;

const steps = compileMof(parseMof(text), {
  resolveClass: (name) => (name === 'Acme_House' ? house : undefined),
});
for (const step of steps) {
  if (step.kind === 'putInstance') console.log(step.instance.path, step.instance.properties);
}

console.log(formatMof(house).trimEnd());

try {
  instanceOf(house, { Street: 5 });
} catch (error) {
  if (error instanceof WbemError) console.log(error.code, '-', error.message);
}
