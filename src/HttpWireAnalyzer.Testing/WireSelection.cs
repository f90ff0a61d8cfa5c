using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Testing;

/// <summary>Records of one kind, chosen out of a capture, that claims are made of. It does not change.</summary>
/// <remarks>
/// Every Should… returns the selection, or throws a <see cref="WireAssertionException"/> that shows the records which
/// break the claim. About nothing, no claim holds: see <see cref="AllowEmpty"/>.
/// </remarks>
[StackTraceHidden]
public sealed class WireSelection<TRecord> : IReadOnlyList<TRecord>
    where TRecord : WireRecord
{
    private readonly WireCapture _capture;
    private readonly RecordKind _kind;
    private readonly TRecord[] _records;
    private readonly ClaimTexts _texts;

    internal WireSelection(WireCapture capture, RecordKind kind, IEnumerable<TRecord> records)
        : this(capture, kind, [.. records], new ClaimTexts(RecordKinds.NameOf(kind)))
    {
    }

    private WireSelection(WireCapture capture, RecordKind kind, TRecord[] records, ClaimTexts texts)
    {
        _capture = capture;
        _kind = kind;
        _records = records;
        _texts = texts;
    }

    public int Count => _records.Length;

    public TRecord this[int index] => _records[index];

    /// <summary>Those that fit.</summary>
    /// <param name="text">Not given: the compiler writes what stands in place of <paramref name="predicate"/>.</param>
    public WireSelection<TRecord> Where(
        Func<TRecord, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        Chosen([.. _records.Select(predicate)], ClaimTexts.BodyOf(text));

    /// <summary>Those that a display filter accepts, as -Y does (docs/filter.md).</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public WireSelection<TRecord> Where(string filter) => Chosen(Accepted(filter, out _), filter);

    /// <summary>Why what follows is claimed: told where it fails.</summary>
    public WireSelection<TRecord> Because(string reason) => With(_texts with { Reason = reason });

    /// <summary>What follows holds where nothing is selected.</summary>
    public WireSelection<TRecord> AllowEmpty() => With(_texts with { MayBeEmpty = true });

    /// <summary>So many records are shown where a claim fails; 5 without this.</summary>
    public WireSelection<TRecord> Showing(int records) => With(_texts with { Shown = records });

    /// <summary>All of them fit.</summary>
    /// <inheritdoc cref="Where(Func{TRecord, bool}, string)"/>
    public WireSelection<TRecord> ShouldAll(
        Func<TRecord, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        Fit(Fitting.Each, predicate, text);

    /// <inheritdoc cref="ShouldAll(Func{TRecord, bool}, string)"/>
    /// <param name="filter">A display filter (docs/filter.md).</param>
    public WireSelection<TRecord> ShouldAll(string filter) => Fit(Fitting.Each, filter);

    /// <summary>One of them fits, or more.</summary>
    /// <inheritdoc cref="Where(Func{TRecord, bool}, string)"/>
    public WireSelection<TRecord> ShouldAny(
        Func<TRecord, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        Fit(Fitting.Any, predicate, text);

    /// <inheritdoc cref="ShouldAny(Func{TRecord, bool}, string)"/>
    /// <param name="filter">A display filter (docs/filter.md).</param>
    public WireSelection<TRecord> ShouldAny(string filter) => Fit(Fitting.Any, filter);

    /// <summary>None of them fits.</summary>
    /// <inheritdoc cref="Where(Func{TRecord, bool}, string)"/>
    public WireSelection<TRecord> ShouldNone(
        Func<TRecord, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        Fit(Fitting.None, predicate, text);

    /// <inheritdoc cref="ShouldNone(Func{TRecord, bool}, string)"/>
    /// <param name="filter">A display filter (docs/filter.md).</param>
    public WireSelection<TRecord> ShouldNone(string filter) => Fit(Fitting.None, filter);

    /// <summary>So many of them fit, or more.</summary>
    /// <inheritdoc cref="Where(Func{TRecord, bool}, string)"/>
    public WireSelection<TRecord> ShouldAtLeast(
        int least, Func<TRecord, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        Fit(Fitting.AtLeast, predicate, text, least);

    /// <inheritdoc cref="ShouldAtLeast(int, Func{TRecord, bool}, string)"/>
    /// <param name="filter">A display filter (docs/filter.md).</param>
    public WireSelection<TRecord> ShouldAtLeast(int least, string filter) => Fit(Fitting.AtLeast, filter, least);

    /// <summary>There are so many.</summary>
    public WireSelection<TRecord> ShouldHaveCount(int count) => ShouldMeasure($"count() == {count}");

    /// <summary>There are so many at most.</summary>
    public WireSelection<TRecord> ShouldHaveCountAtMost(int count) => ShouldMeasure($"count() <= {count}");

    /// <summary>Aggregates of them are as expected: ratio(!exchange.cold) >= 95% (docs/filter.md#aggregates).</summary>
    /// <exception cref="ArgumentException">It is no expectation.</exception>
    public WireSelection<TRecord> ShouldMeasure(string expectation) => Settle(_capture.Judge(
        new ExpectAssertion
        {
            Id = _texts.Name,
            Line = ClaimTexts.Line,
            Kind = _kind,
            Expectation = Filters.Expectation(expectation, _kind),
            Text = expectation,
            OnEmpty = _texts.OnEmpty,
            Because = _texts.Reason,
        },
        Kept()));

    public IEnumerator<TRecord> GetEnumerator() => ((IEnumerable<TRecord>)_records).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _records.GetEnumerator();

    internal ClaimTexts Texts => _texts;

    internal WireCapture Capture => _capture;

    internal WireSelection<TRecord> Settle(Verdict verdict)
    {
        _capture.Settle(verdict);
        return this;
    }

    private KeptRecord[] Kept() => [.. _records.Select(record => record.Kept)];

    private WireSelection<TRecord> With(ClaimTexts texts) => new(_capture, _kind, _records, texts);

    private WireSelection<TRecord> Chosen(bool[] fits, string text) => new(
        _capture, _kind, [.. _records.Where((_, place) => fits[place])], _texts.Narrowed(text));

    private bool[] Accepted(string filter, out IReadOnlyList<Field> named) =>
        _capture.Accepted(Filters.Filter(filter, _kind, out named), _kind, Kept());

    /// <summary>What the predicate asks of a record is told where it fails.</summary>
    private WireSelection<TRecord> Fit(Fitting fitting, Func<TRecord, bool> predicate, string text, int least = 1)
    {
        var fits = new bool[_records.Length];
        var told = new List<Field>();
        for (var i = 0; i < fits.Length; i++)
        {
            _records[i].Asked.Clear();
            fits[i] = predicate(_records[i]);
            if (fits[i] == (fitting == Fitting.None))
            {
                told.AddRange(_records[i].Asked.Except(told));
            }
        }

        return Fit(fitting, fits, ClaimTexts.BodyOf(text), told, least);
    }

    private WireSelection<TRecord> Fit(Fitting fitting, string filter, int least = 1) =>
        Fit(fitting, Accepted(filter, out var named), filter, named, least);

    private WireSelection<TRecord> Fit(Fitting fitting, bool[] fits, string text, IReadOnlyList<Field> told, int least) =>
        Settle(_capture.Judge(
            new PredicateAssertion
            {
                Id = _texts.Name,
                Line = ClaimTexts.Line,
                Kind = _kind,
                Fitting = fitting,
                Text = text,
                Least = least,
                Told = told,
                OnEmpty = _texts.OnEmpty,
                Shown = _texts.Shown,
                Because = _texts.Reason,
            },
            Kept(),
            fits));
}
