import { type Definition, parseDefinitions } from './syntax.ts';

// Functions of jq that follow from others (jq 1.6 manual, "Builtin operators and functions"), in our own words.
const source = `
def map(f): [.[] | f];
def select(f): if f then . else empty end;
def recurse(f): def r: ., (f | r); r;
def recurse(f; cond): def r: ., (f | select(cond) | r); r;
def recurse: recurse(.[]?);
def recurse_down: recurse;
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type | . == "array" or . == "object");
def scalars: select(type | . != "array" and . != "object");
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: map({(.key // .name // .Name // .Key): (if has("value") then .value else .Value end)}) | add + {} // {};
def with_entries(f): to_entries | map(f) | from_entries;
def map_values(f): .[] |= f;
def del(f): delpaths([path(f)]);
def paths: path(..) | select(length > 0);
def paths(node): . as $in | paths | select(. as $p | $in | getpath($p) | node);
def leaf_paths: paths(scalars);
def any: reduce .[] as $x (false; . or $x);
def all: reduce .[] as $x (true; . and $x);
def any(f): isempty(.[] | select(f)) | not;
def all(f): isempty(.[] | select(f | not));
def any(source; f): isempty(source | select(f)) | not;
def all(source; f): isempty(source | select(f | not));
def isempty(f): label $out | (first(f) | false, break $out), true;
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique_by(f): _unique_by(map([f]));
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def first: .[0];
def last: .[-1];
def last(f): reduce f as $x (null; $x);
def nth($n): .[$n];
def nth($n; f): if $n < 0 then error("Out of bounds negative array index") else last(limit($n + 1; f)) end;
def until(cond; update): def u: if cond then . else (update | u) end; u;
def while(cond; update): def w: if cond then ., (update | w) else empty end; w;
def repeat(f): def r: f | (., r); r;
def inputs: def r: (try input catch (if . == "break" then empty else error end)) | (., r); r;
def index($i): indices($i) | .[0];
def rindex($i): indices($i) | .[-1:][0];
def match(re; mode): _match(re; mode; false) | .[];
def match($val): ($val | type) as $t | if $t == "array" then match($val[0]; $val[1]) else match($val; null) end;
def test(re; mode): _match(re; mode; true);
def test($val): ($val | type) as $t | if $t == "array" then test($val[0]; $val[1]) else test($val; null) end;
def _names: [.captures | .[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
def capture(re; mode): match(re; mode) | _names;
def capture($val): match($val) | _names;
def scan(re): match(re; "g") | if (.captures | length) > 0 then [.captures | .[] | .string] else .string end;
def splits($re): splits($re; null);
def splits($re; flags): split($re; flags) | .[];
def split($re; flags): . as $s | [foreach ((match($re; flags + "g") | [.offset, .length]), null) as $m ([0, null]; if $m == null then [.[0], $s[.[0]:]] else [$m[0] + $m[1], $s[.[0]:$m[0]]] end; .[1])];
def sub(re; str; flags): . as $in | (reduce (match(re; flags) | . as $edit | ($edit | _names) as $names | {edit: $edit, text: ($names | [str] | .[0])}) as $one ([0, ""]; [$one.edit.offset + $one.edit.length, .[1] + $in[.[0]:$one.edit.offset] + $one.text])) | .[1] + $in[.[0]:];
def sub(re; str): sub(re; str; "");
def gsub(re; str; flags): sub(re; str; flags + "g");
def gsub(re; str): sub(re; str; "g");
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def combinations(n): . as $dot | [range(n)] | map($dot) | combinations;
def walk(f): . as $in | if type == "object" then reduce keys_unsorted[] as $key ({}; . + {($key): ($in[$key] | walk(f))}) | f elif type == "array" then map(walk(f)) | f else f end;
def env: $ENV;
def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
def strptime(f): _strptime(f);
def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
def fromdate: fromdateiso8601;
def date: todate;
def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def fromstream(f): {x: null, e: false} as $init | foreach f as $i ($init; if .e then $init else . end | if $i | length == 2 then setpath(["e"]; $i[0] | length == 0) | setpath(["x"] + $i[0]; $i[1]) else setpath(["e"]; $i[0] | length == 1) end; if .e then .x else empty end);
def truncate_stream(stream): . as $n | null | stream | . as $input | if (.[0] | length) > $n then setpath([0]; .[0][$n:]) else empty end;
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def INDEX(stream; idx): reduce stream as $row ({}; .[$row | idx | tostring] |= $row);
def INDEX(idx): INDEX(.[]; idx);
`;

/** By name and number of arguments: `map/1`. */
export function readLibrary(): ReadonlyMap<string, Definition> {
  return new Map(
    parseDefinitions(source).map((definition) => [`${definition.name}/${definition.params.length}`, definition]),
  );
}
