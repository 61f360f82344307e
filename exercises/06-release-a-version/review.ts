import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const words = (es: string, en: string): Words => ({ es, en });
const same = (text: string): Words => words(text, text);

const whichNumber: ReviewQuestion = {
  id: 'd06-r1',
  ask(chance) {
    const [major, minor, patch] = [chance.integer(1, 8), chance.integer(2, 8), chance.integer(2, 8)];
    const [strongest, ...messages] = pick(chance, [
      ['fix', 'fix: find a town with a space in its name', 'docs: say what a hold is', 'fix: close the log at the end'],
      [
        'feat',
        'fix: close the log at the end',
        'feat(trips): sort by hour',
        'fix: find a town with a space in its name',
      ],
      [
        'breaking',
        'feat: tell when a hold ends',
        'fix(holds)!: answer 410 when it has ended',
        'docs: say what a hold is',
      ],
      ['breaking', 'fix: close the log at the end', 'feat(trips)!: leave the bare price out', 'feat: sort by hour'],
    ] as const);
    const choice = (kind: typeof strongest, version: string, why: Words) => ({
      text: same(version),
      ...(kind === strongest && { right: true as const }),
      why:
        kind === strongest
          ? words(
              'Manda el cambio más fuerte de todos, y lo que está a su derecha vuelve a empezar.',
              'The strongest of all the changes decides, and what stands to its right begins again.',
            )
          : why,
    });
    const shown = messages.map((message) => `    ${message}`).join('\n');
    return {
      kind: 'choice',
      text: words(
        `Desde ${major}.${minor}.${patch} hay tres commits en \`main\`:\n${shown}\nLos publicas juntos. ¿Con qué versión?`,
        `Since ${major}.${minor}.${patch} there are three commits on \`main\`:\n${shown}\nYou release them together. Under which version?`,
      ),
      choices: [
        choice(
          'fix',
          `${major}.${minor}.${patch + 1}`,
          words(
            'Hay algo más que arreglos: lee el principio de cada mensaje.',
            'There is more than fixes: read how each message begins.',
          ),
        ),
        choice(
          'feat',
          `${major}.${minor + 1}.0`,
          words(
            'Busca si alguno trae algo nuevo (`feat`), y si alguno es incompatible (`!`).',
            'See whether one brings something new (`feat`), and whether one is incompatible (`!`).',
          ),
        ),
        choice(
          'breaking',
          `${major + 1}.0.0`,
          words(
            'Nadie que lo use tiene que cambiar nada: ningún mensaje lleva `!` ni `BREAKING CHANGE:`.',
            'Nobody who uses it has to change anything: no message has `!` or `BREAKING CHANGE:`.',
          ),
        ),
        {
          text: same(`${major}.${minor + 1}.${patch + 1}`),
          why: words(
            'Los números no cuentan cambios. Al subir uno, los de su derecha vuelven a 0.',
            'Numbers do not count changes. When one goes up, those to its right go back to 0.',
          ),
        },
      ],
    };
  },
};

const sentTwice: ReviewQuestion = {
  id: 'd06-r2',
  ask(chance) {
    const version = `${chance.integer(1, 4)}.${chance.integer(0, 9)}.${chance.integer(0, 9)}`;
    const isSame = chance.integer(0, 1) === 1;
    const right = (yes: boolean) => (yes ? { right: true as const } : {});
    return {
      kind: 'choice',
      text: words(
        `${version} está en el registro. Ejecutas \`curl -sS -T seats.tgz\` a esa misma dirección con ${isSame ? 'el mismo archivo, byte por byte' : 'un archivo que construiste hoy, con otro digest'}. ¿Qué pasa?`,
        `${version} is in the registry. You run \`curl -sS -T seats.tgz\` to that same address with ${isSame ? 'the same file, byte for byte' : 'a file that you built today, with another digest'}. What happens?`,
      ),
      choices: [
        {
          text: words('Contesta 200 y nada cambia', 'It answers 200 and nothing changes'),
          ...right(isSame),
          why: isSame
            ? words(
                'El nombre conserva su contenido, así que un envío que se cortó puede repetirse.',
                'The name keeps its content, so an upload that broke off may be tried again.',
              )
            : words('El digest es otro: sería otro contenido.', 'The digest is another: it would be other content.'),
        },
        {
          text: words('Contesta 409, y `curl` acaba con código 0', 'It answers 409, and `curl` ends with code 0'),
          ...right(!isSame),
          why: isSame
            ? words('Rechaza otro contenido, y este es el mismo.', 'It refuses other content, and this is the same.')
            : words(
                'Lo publicado no cambia. Y `curl` llama éxito a cualquier respuesta si no lleva `--fail-with-body` o `-f`.',
                'What is published does not change. And `curl` calls any answer a success without `--fail-with-body` or `-f`.',
              ),
        },
        {
          text: words('Contesta 409, y `curl` acaba con un error', 'It answers 409, and `curl` ends with an error'),
          why: isSame
            ? words('Rechaza otro contenido, y este es el mismo.', 'It refuses other content, and this is the same.')
            : words(
                'Lo rechaza, sí; pero sin `--fail-with-body` o `-f` el código de `curl` es 0.',
                'It does refuse; but without `--fail-with-body` or `-f` the code of `curl` is 0.',
              ),
        },
        {
          text: words('Contesta 201 y guarda el tuyo en su lugar', 'It answers 201 and keeps yours in its place'),
          why: words(
            'Entonces un mismo nombre sería dos cosas, según el día en que se instale.',
            'Then one name would be two things, depending on the day of installing.',
          ),
        },
      ],
    };
  },
};

const whereTheTagStays: ReviewQuestion = {
  id: 'd06-r3',
  ask(chance) {
    const id = (first: string): string => `${first}${chance.integer(100_000, 999_999)}`;
    const [oldest, middle, newest] = [id('a'), id('b'), id('c')];
    const version = `v1.${chance.integer(2, 9)}.${chance.integer(0, 9)}`;
    const names = chance.integer(0, 1) === 1;
    const [tagged, other] = names ? [middle, newest] : [newest, middle];
    return {
      kind: 'choice',
      text: words(
        `Estás en \`main\`, con los commits ${oldest}, ${middle} y ${newest}, del más antiguo al más nuevo. El artefacto que publicaste salió de ${middle}. Ejecutas \`git tag -a ${version} -m seats${names ? ` ${middle}` : ''}\`. Mañana \`main\` avanza a otro commit. ¿Adónde lleva la etiqueta?`,
        `You are on \`main\`, with the commits ${oldest}, ${middle} and ${newest}, from oldest to newest. The artifact that you published came from ${middle}. You run \`git tag -a ${version} -m seats${names ? ` ${middle}` : ''}\`. Tomorrow \`main\` moves on to another commit. Where does the tag lead?`,
      ),
      choices: [
        {
          text: same(tagged),
          right: true,
          why: names
            ? words(
                'La orden nombra ese commit, y la etiqueta se queda allí.',
                'The command names that commit, and the tag stays there.',
              )
            : words(
                'La orden no nombra ningún commit, así que etiqueta donde estás: código que nadie publicó con ese nombre.',
                'The command names no commit, so it tags where you are: code that nobody released under that name.',
              ),
        },
        {
          text: same(other),
          why: names
            ? words(
                'Eso pasaría si la orden no nombrara un commit.',
                'That would be so if the command named no commit.',
              )
            : words(
                'Git no sabe de dónde salió tu artefacto. Hay que nombrar el commit.',
                'Git does not know where your artifact came from. The commit has to be named.',
              ),
        },
        {
          text: words('Al commit de mañana', 'To tomorrow’s commit'),
          why: words(
            'Se mueve la rama. Una etiqueta se queda donde la pusieron.',
            'The branch moves. A tag stays where it was put.',
          ),
        },
        {
          text: same(oldest),
          why: words('Nada lo nombra, y no estás en él.', 'Nothing names it, and you are not on it.'),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [whichNumber, sentTwice, whereTheTagStays];
