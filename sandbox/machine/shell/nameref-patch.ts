// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where just-bash takes the name of a reference (`declare -n`, `local -n`) for that of a variable. Corpus: `language-arrays.yaml`.
import type { Replacement } from './replacement.ts';

export const namerefPatch: readonly Replacement[] = [
  {
    why: 'what a local variable refers to ends with its function',
    find: 'let kinds=["readonlyVars",',
    put: 'let kinds=["namerefs","boundNamerefs","invalidNamerefs","readonlyVars",',
  },
  {
    why: 'a local variable is no reference because another one of its name is',
    find: 'e.state.env.delete(p)}as(e,p),l&&_r(e,p)}return Q("",o,a)}',
    put: 'e.state.env.delete(p)}as(e,p),l?_r(e,p):D7(e,p)}return Q("",o,a)}',
  },
  {
    why: 'a reference that refers to nothing yet takes any name',
    find: '.test(n)&&Pl(e,n)?i:null:i;',
    put: '.test(n)?i:null:i;',
  },
  {
    why: 'a variable does not refer to itself',
    find: 'e.state.env.set(U,B),_r(e,U),',
    put: 'if(B===U&&e.state.callDepth===0){O+=`bash: declare: ${U}: nameref variable self references not allowed\n`,R=1;continue}e.state.env.set(U,B),_r(e,U),',
  },
  {
    why: '`${ref:=value}` gives the value to what is referred to',
    find: 'let o=await s(e,n.word.parts,r.inDoubleQuotes),a=t.match(',
    put: 't=cn(e,t)??t;let o=await s(e,n.word.parts,r.inDoubleQuotes),a=t.match(',
  },
  {
    why: '`read ref` reads into what is referred to',
    find: 'let g=new Set;c&&g.add(c);for(let F of d)g.add(F);',
    put: 'd=d.map(F=>named(e,F)),c&&(c=named(e,c));let g=new Set;c&&g.add(c);for(let F of d)g.add(F);',
  },
  {
    why: '`mapfile ref` reads into what is referred to',
    find: 'st(e,l,"mapfile");let u=n;',
    put: 'l=named(e,l),st(e,l,"mapfile");let u=n;',
  },
  {
    why: '`unset ref[0]` takes from what is referred to',
    find: 'if(o){let c=o[1],u=o[2];if(un(e,c)){r+=',
    put: 'if(o){let c=named(e,o[1]),u=o[2];if(un(e,c)){r+=',
  },
  {
    why: '`[[ -v ref[key] ]]` asks what is referred to',
    find: 'if(n){let r=n[1],s=n[2];if(e.state.associativeArrays?.has(r)){let a=s;',
    put: 'if(n){let r=named(e,n[1]),s=n[2];if(e.state.associativeArrays?.has(r)){let a=s;',
  },
  {
    why: '`((ref++))`, `((ref[key] += 2))` reckon with what is referred to',
    find: 'async function Mi(e,t,n,r){',
    put: 'function referred$(e,t){let k={ArithArrayElement:"array",ArithAssignment:"variable",ArithVariable:"name"}[t.type];return t.type==="ArithUnary"?{...t,operand:referred$(e,t.operand)}:k?{...t,[k]:named(e,t[k])}:t}async function Mi(e,t,n,r){if(e.state.namerefs?.size)t=referred$(e,t);',
  },
];
