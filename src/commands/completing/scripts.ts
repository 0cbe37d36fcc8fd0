export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Each asks the program itself what may come next; where it says nothing, the shell completes files. */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: String.raw`# bash completion for mlops; in ~/.bashrc: source <(mlops completion bash)
_mlops() {
  local IFS=$'\n' program="${'$'}{COMP_WORDS[0]/#\~/$HOME}" words=() index
  # bash takes = and : for words of their own; they belong to the word around them.
  local line="${'$'}{COMP_LINE:0:COMP_POINT}"
  mapfile -t words < <(xargs -n1 printf '%s\n' <<< "$line" 2>/dev/null)
  case "$line" in *[[:space:]]) words+=('') ;; esac
  (( ${'$'}{#words[@]} )) || return
  index=$(( ${'$'}{#words[@]} - 1 ))
  local current="${'$'}{words[index]}" candidate
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    # Only what follows the last = or : may be given back.
    [[ $current == *[=:]* ]] && candidate="${'$'}{candidate#"${'$'}{current%"${'$'}{current##*[=:]}"}"}"
    COMPREPLY+=("$(printf '%q' "$candidate")")
  done < <("$program" __complete -- "$index" "${'$'}{words[@]}" 2>/dev/null)
}
complete -o default -o nosort -F _mlops mlops`,
  zsh: String.raw`#compdef mlops
# zsh completion for mlops; in ~/.zshrc, after compinit: source <(mlops completion zsh)
_mlops() {
  local -a lines candidates
  local line value program="${'$'}{words[1]/#\~/$HOME}"
  lines=("${'$'}{(@f)$("$program" __complete -- $((CURRENT - 1)) "${'$'}{(@)words[1,CURRENT]}" 2>/dev/null)}")
  for line in "${'$'}{lines[@]}"; do
    [[ -z "$line" ]] && continue
    value="${'$'}{line%%$'\t'*}"
    candidates+=("${'$'}{value//:/\\:}:${'$'}{line#*$'\t'}")
  done
  if (( ${'$'}{#candidates} )); then _describe -V mlops candidates; else _files; fi
}
if [[ "${'$'}{funcstack[1]}" == _mlops ]]; then _mlops "$@"; else compdef _mlops mlops; fi`,
  fish: String.raw`# fish completion for mlops; in ~/.config/fish/config.fish: mlops completion fish | source
function __mlops_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (command $words[1] __complete -- (math (count $words) - 1) $words 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c mlops -f -k -a '(__mlops_complete)'`,
};
