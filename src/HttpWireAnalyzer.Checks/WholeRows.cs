using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads records before an assertion that are all there when the capture has been read, and know only themselves.</summary>
internal sealed class WholeRows(RecordJudge judge, FieldSet set)
{
    private readonly bool[] _accepted = new bool[judge.Filters.Count];

    /// <param name="write">Writes the record.</param>
    public void Add(Action<FieldSink> write, in RecordPlace place)
    {
        for (var i = 0; i < _accepted.Length; i++)
        {
            _accepted[i] = true;
            if (judge.Filters[i] is { } filter)
            {
                var own = filter.For(set);
                if (own is not null)
                {
                    write(own.Begin());
                }

                _accepted[i] = filter.Accepts(own?.End() ?? default);
            }
        }

        if (judge.Take(_accepted))
        {
            write(judge.Reader.Begin());
            judge.Keep(place);
        }
    }
}
