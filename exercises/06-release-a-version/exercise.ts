import type { Exercise } from '../../sandbox/checks/index.ts';
import { major, minor } from './next-version-checks.ts';
import { cardsNamed, inOrder, sameDigest, sawRefusal, tagged } from './published-checks.ts';
import { noTagWithoutArtifact, refusalTold } from './refusal-checks.ts';
import { first, onlyTested } from './release-checks.ts';
import { words } from './released.ts';
import { setup } from './setup.ts';
import { unseen } from './unwanted-checks.ts';

export const exercise: Exercise = {
  id: 'd06',
  seed: 'day-06',
  parts: ['forge'],
  title: words('Release: un nombre que nunca cambia', 'Release: give it a name that never changes'),
  stateFrom: 'd05',
  setup,
  opens: 'release.sh',
  steps: [
    {
      id: 'd06-s1',
      title: words('Intenta cambiar lo publicado', 'Try to change what is published'),
      kind: 'run',
      task: words(
        'Mira qué hay en el registro: `curl http://registry.ventarela.test/seats`. Después intenta poner otra cosa en lugar de la versión 1.0.0: `curl -T seats/README.md http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz`. Lee lo que contesta.',
        'See what the registry holds: `curl http://registry.ventarela.test/seats`. Then try to put something else in place of version 1.0.0: `curl -T seats/README.md http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz`. Read what it answers.',
      ),
      files: ['seats/CHANGELOG.md'],
      checks: [sawRefusal],
      hints: [
        words('Lee «Un nombre, un contenido» en la lección.', 'Read “One name, one content” in the lesson.'),
        words(
          '`-T` envía un archivo con `PUT`. La dirección lleva versión y nombre.',
          '`-T` sends a file with `PUT`. The address has version and name.',
        ),
        words(
          '`curl -T seats/README.md http://registry.ventarela.test/seats/____/seats-____.tgz`',
          '`curl -T seats/README.md http://registry.ventarela.test/seats/____/seats-____.tgz`',
        ),
      ],
      reason: words(
        'El registro contesta 409: esa versión ya tiene un contenido, y no lo cambia por nadie. Por eso quien instala 1.0.0 recibe siempre lo mismo.',
        'The registry answers 409: that version has its content already, and changes it for nobody. So whoever installs 1.0.0 always gets the same.',
      ),
    },
    {
      id: 'd06-s2',
      title: words('El número de lo nuevo', 'The number of something new'),
      kind: 'change',
      task: words(
        "`next-version.sh` lee mensajes de commit y dice qué versión sigue. Pruébalo: `echo 'feat: algo' | bash next-version.sh 1.0.1`. Algo no cuadra con las reglas de versiones: corrígelo.",
        "`next-version.sh` reads commit messages and says which version comes next. Try it: `echo 'feat: something' | bash next-version.sh 1.0.1`. One thing does not agree with the rules of versions: fix it.",
      ),
      files: ['next-version.sh'],
      checks: [minor],
      hints: [
        words(
          'Lee «Tres números que prometen algo»: la tabla.',
          'Read “Three numbers that promise something”: the table.',
        ),
        words(
          '¿Qué versión esperas después de 1.0.1 con algo nuevo? ¿Cuál sale?',
          'Which version do you expect after 1.0.1 with something new? Which one comes out?',
        ),
        words(
          'Junto a `minor=$((minor + 1))`, otra línea: `patch=____`',
          'Beside `minor=$((minor + 1))`, another line: `patch=____`',
        ),
      ],
      reason: words(
        'Los números se leen de izquierda a derecha. Cuando uno sube, los arreglos de antes ya están dentro, y los de su derecha vuelven a empezar.',
        'The numbers are read from left to right. When one goes up, the fixes before it are inside already, and those to its right begin again.',
      ),
    },
    {
      id: 'd06-s3',
      title: words('El número de lo incompatible', 'The number of something incompatible'),
      kind: 'fill',
      task: words(
        'A `next-version.sh` le falta el caso más fuerte: un cambio incompatible: `!` delante de los dos puntos, tras un tipo cualquiera. Complétalo. Piensa en qué orden se pregunta.',
        '`next-version.sh` lacks the strongest case: an incompatible change: a `!` before the colon, after any type. Fill it in. Think about the order of the questions.',
      ),
      files: ['next-version.sh'],
      checks: [major],
      hints: [
        words(
          'Lee «Tres números que prometen algo»: cómo lo dice un commit.',
          'Read “Three numbers that promise something”: how a commit says it.',
        ),
        words(
          '`feat!:` no cumple el patrón de `feat`. Y `fix!:` también es incompatible.',
          '`feat!:` does not match the pattern of `feat`. And `fix!:` is incompatible too.',
        ),
        words(
          '`if grep -qE \'^[a-z]+(\\([^)]*\\))?____:\' <<< "$messages"; then` y los tres números',
          '`if grep -qE \'^[a-z]+(\\([^)]*\\))?____:\' <<< "$messages"; then` and the three numbers',
        ),
      ],
      reason: words(
        'Se pregunta primero por lo más fuerte: si entre los mensajes hay algo incompatible, da igual que haya también arreglos.',
        'The strongest is asked for first: if the messages hold something incompatible, fixes beside it make no difference.',
      ),
    },
    {
      id: 'd06-s4',
      title: words('Un script que publica', 'A script that releases'),
      kind: 'write',
      task: words(
        'Escribe `release.sh`: sus comentarios dicen las cinco cosas que hace con un commit. El artefacto sale de la ejecución de CI (`gh run list --commit`, `gh run download`) y va a `…/seats/VERSIÓN/seats-VERSIÓN.tgz`. Si el registro no lo acepta, el script lo dice y falla. El check lo ejecuta en una copia: aquí todavía no publica nada.',
        'Write `release.sh`: its comments say the five things that it does with a commit. The artifact comes from the run of CI (`gh run list --commit`, `gh run download`) and goes to `…/seats/VERSION/seats-VERSION.tgz`. If the registry does not take it, the script says so and fails. The check runs it on a copy: nothing is released here yet.',
      ),
      files: ['release.sh', 'next-version.sh'],
      checks: [first, onlyTested, refusalTold],
      hints: [
        words(
          'Lee «Publicar lo que se probó» en la lección, y el ejemplo.',
          'Read “Release what was tested” in the lesson, and the example.',
        ),
        words(
          '`git tag --merged COMMIT --sort=-v:refname` ordena por versión las etiquetas que el commit contiene. `sed s/^v//` quita la v.',
          '`git tag --merged COMMIT --sort=-v:refname` sorts by version the tags that the commit holds. `sed s/^v//` takes the v away.',
        ),
        words(
          'run=$(gh run list --branch main --commit "$commit" --status ____ --json databaseId --jq \'.[0].databaseId\'), `gh run download "$run" --name seats --dir ____`, `curl --fail-with-body -T ____`',
          'run=$(gh run list --branch main --commit "$commit" --status ____ --json databaseId --jq \'.[0].databaseId\'), `gh run download "$run" --name seats --dir ____`, `curl --fail-with-body -T ____`',
        ),
      ],
      reason: words(
        'Publicar va antes de etiquetar: si el registro rechaza, no queda una etiqueta que promete lo que no existe. Y nada se construye otra vez.',
        'Publishing comes before tagging: if the registry refuses, no tag is left that promises what is not there. And nothing is built again.',
      ),
    },
    {
      id: 'd06-s5',
      title: words('Tres versiones', 'Three versions'),
      kind: 'write',
      task: words(
        'Tres cambios esperan: `git -C seats log --oneline v1.0.0..main`. Publica cada uno, del más antiguo al más nuevo, con `bash release.sh COMMIT` desde tu carpeta personal. Al final lleva `CHANGELOG.md` a `main` por la puerta del viernes: rama, commit que no pida otra versión (`docs: …`), *pull request*, checks, fusión.',
        'Three changes wait: `git -C seats log --oneline v1.0.0..main`. Release each, from the oldest to the newest, with `bash release.sh COMMIT` from your home folder. At the end take `CHANGELOG.md` to `main` through Friday’s gate: branch, a commit that asks for no other version (`docs: …`), pull request, checks, merge.',
      ),
      files: ['seats/CHANGELOG.md'],
      checks: [inOrder, sameDigest, tagged, cardsNamed],
      hints: [
        words(
          'Lee «Un nombre, un contenido»: adónde llevan versión, etiqueta y digest.',
          'Read “One name, one content”: where version, tag and digest lead.',
        ),
        words(
          '`git log` muestra primero lo más nuevo; tú empiezas por abajo.',
          '`git log` shows the newest first; you begin at the bottom.',
        ),
        words(
          '`bash release.sh ____` tres veces. En `seats`: `git switch -c docs/changelog`, `git commit -am "docs: ____"`, `git push -u origin docs/changelog`, `gh pr create --fill`',
          '`bash release.sh ____` three times. In `seats`: `git switch -c docs/changelog`, `git commit -am "docs: ____"`, `git push -u origin docs/changelog`, `gh pr create --fill`',
        ),
      ],
      reason: words(
        'Cada versión lleva un solo cambio, así que quien la instale sabe qué recibe. El CHANGELOG es un cambio más, y pasa por la misma puerta.',
        'Each version carries one change, so whoever installs it knows what comes. The CHANGELOG is a change like any other, and goes through the same gate.',
      ),
    },
    {
      id: 'd06-s6',
      title: words('Reto: lo que no se publica', 'Challenge: what is not released'),
      kind: 'challenge',
      task: words(
        'Cuando compruebes, llegarán cambios que no has visto. El primero viene del `main` de un *fork*: sin fusionar, pero con etiqueta. El segundo solo mejora el README. El tercero es un arreglo, y se publica junto con un cambio posterior incompatible, que lo dice solo al pie de su mensaje (`BREAKING CHANGE:`). Si después se pide solo el arreglo, hay que negarse: esa versión lo incluye. Tus scripts deben tratarlos bien. Estrella: una publicación rechazada no deja etiqueta ni entrada; en origin no hay etiqueta ni un momento.',
        'When you check, changes arrive that you have not seen. The first comes from the `main` of a fork: not merged, but tagged. The second only improves the README. The third is a fix, released together with a later incompatible change that says so only at the foot of its message (`BREAKING CHANGE:`). Asked afterwards to release that fix alone, refuse: the version holds it. Your scripts must get them right. Star: a refused release leaves no tag or entry, and no tag on origin even for a moment.',
      ),
      files: ['release.sh', 'next-version.sh'],
      checks: [unseen],
      stars: [noTagWithoutArtifact],
      hints: [
        words(
          'Lee «Tres números que prometen algo»: cómo lo sabe un script, después de la tabla.',
          'Read “Three numbers that promise something”: how a script knows, after the table.',
        ),
        words(
          '`git log --format=%B` da el mensaje entero; `%s`, solo la primera línea.',
          '`git log --format=%B` gives the whole message; `%s` only its first line.',
        ),
        words(
          '`git merge-base --is-ancestor "$commit" ____` y el patrón `^BREAKING CHANGE____`',
          '`git merge-base --is-ancestor "$commit" ____` and the pattern `^BREAKING CHANGE____`',
        ),
      ],
      reason: words(
        'El script pregunta antes de hacer nada: si el commit está en main, si se probó y si hay algo que publicar. Después ya no puede equivocarse.',
        'The script asks before it does anything: whether the commit is on main, whether it was tested and whether there is something to release.',
      ),
    },
  ],
  wrong: {
    'built-again': 'd06-c2',
    'built-here': 'd06-c11',
    'any-run-will-do': 'd06-c11',
    'newest-run': 'd06-c11 d06-c1 d06-c2',
    'refusal-not-heard': 'd06-c3',
    'tags-its-own-commit': 'd06-c4 d06-c8',
    'no-cards': 'd06-c5',
    'shared-heading': 'd06-c5',
    'entry-of-all-that-waits': 'd06-c5',
    'exclamation-mark-only': 'd06-c8',
    'tags-where-it-stands': 'd06-c8',
    'last-message-only': 'd06-c8',
    'included-already': 'd06-c8',
    'newest-tag-of-all': 'd06-c8',
    'range-of-the-registry': 'd06-c8',
    'main-of-a-fork': 'd06-c8',
    'tags-sorted-as-text': 'd06-c8',
    'change-log-as-a-feature': 'd06-c5',
    'run-of-the-request': 'd06-c11',
    'change-log-by-hand': 'd06-c11',
    'older-entries-lost': 'd06-c11',
    'entry-above-the-title': 'd06-c11',
    'entry-at-the-end': 'd06-c11',
    'mark-of-two-types': 'd06-c10',
    'tags-before-publishing': 'd06-x1',
    'tag-stays-here': 'd06-c7',
    'refusal-wipes-entries': 'd06-x1',
    'refused-in-silence': 'd06-c3',
    'entry-of-the-last': 'd06-c8',
  },
};
