using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads records before an assertion that are all there when the capture has been read.</summary>
/// <param name="truths">Of each of the judge's filters; null where a filter asks nothing but these records, or is none.</param>
internal sealed class WholeRows(RecordJudge judge, IReadOnlyList<ConnectionTruths?> truths)
{
    private readonly WholeQuestion?[] _questions =
    [
        .. judge.Filters.Zip(truths, (filter, known) => filter is null ? null : new WholeQuestion(filter, known)),
    ];

    private readonly bool[] _accepted = new bool[judge.Filters.Count];

    /// <param name="write">Writes the record.</param>
    public void Add(Action<FieldSink> write, in RecordPlace place)
    {
        Ask(write, place);
        if (judge.Take(_accepted))
        {
            write(judge.Reader.Begin());
            judge.Keep(place);
        }
    }

    /// <inheritdoc cref="RecordJudge.RestsOn"/>
    public bool RestsOn(Action<FieldSink> write, in RecordPlace place)
    {
        Ask(write, place);
        return judge.RestsOn(_accepted);
    }

    private void Ask(Action<FieldSink> write, in RecordPlace place)
    {
        for (var i = 0; i < _accepted.Length; i++)
        {
            _accepted[i] = _questions[i]?.Accepts(write, place.Connection) ?? true;
        }
    }
}
