using System.Globalization;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa completion: a script for the shell, which asks hwa itself what may follow.</summary>
internal static class CompletionVerb
{
    private const string Help = """
        hwa completion bash|zsh|fish
        A script that completes verbs, options, fields after -e and --sort, and display filters after -Y.

        Examples:
          source <(hwa completion bash)
          hwa completion zsh > "${fpath[1]}/_hwa"
          hwa completion fish > ~/.config/fish/completions/hwa.fish

        """;

    /// <summary>
    /// Where nothing is answered, files are completed. A filter is longer than the word that is completed: no space
    /// is put behind it.
    /// </summary>
    private const string Bash = """
        _hwa() {
            local answer
            COMPREPLY=()
            while IFS= read -r answer; do
                COMPREPLY+=("$answer")
            done < <("${COMP_WORDS[0]}" completion --answer "$COMP_CWORD" -- "${COMP_WORDS[@]}" 2>/dev/null)
            case "${COMP_WORDS[COMP_CWORD-1]}" in
                -Y|-e) compopt -o nospace 2>/dev/null ;;
            esac
        }
        complete -o default -F _hwa hwa

        """;

    private const string Zsh = """
        #compdef hwa
        _hwa() {
            local -a answers
            answers=("${(@f)$("${words[1]}" completion --answer $((CURRENT - 1)) -- "${words[@]}" 2>/dev/null)}")
            if [[ -n "${answers[1]}" ]]; then
                case "${words[CURRENT-1]}" in
                    -Y|-e) compadd -S '' -- "${answers[@]}" ;;
                    *) compadd -- "${answers[@]}" ;;
                esac
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" = _hwa ]]; then
            _hwa "$@"
        else
            compdef _hwa hwa
        fi

        """;

    private const string Fish = """
        function __hwa_answer
            set -l before (commandline -opc)
            hwa completion --answer (count $before) -- $before (commandline -ct) 2>/dev/null
        end
        complete -c hwa -a '(__hwa_answer)'

        """;

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        Hwa.Write(terminal, args switch
        {
            [_, "-h" or "--help"] => Help,
            [_, "bash"] => Bash,
            [_, "zsh"] => Zsh,
            [_, "fish"] => Fish,
            [_, "--answer", var index, "--", ..] => Answer(index, [.. args.Skip(4)]),
            _ => throw new UsageException("for which shell? hwa completion bash, zsh or fish."),
        });
        return ExitCode.Done;
    }

    /// <param name="index">The place of the word to complete among <paramref name="words"/>, of which hwa is the first.</param>
    private static string Answer(string index, List<string> words)
    {
        var at = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        return at < 1 || at > words.Count
            ? ""
            : string.Concat(WordCompletion.Of([.. words.Take(at)], at < words.Count ? words[at] : "").Select(word => word + "\n"));
    }
}
