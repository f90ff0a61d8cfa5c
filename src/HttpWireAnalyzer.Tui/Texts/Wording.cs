using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Tui.Texts;

/// <summary>Every word of the screen in one language. What is read out of packets, and stories, are not of it.</summary>
internal sealed record Wording
{
    /// <summary>The words in a language.</summary>
    public static Wording In(Language language) => language == Language.Korean ? Korean.Wording : English.Wording;

    /// <summary>That findings are told in.</summary>
    public required Language Language { get; init; }

    public required string FindingsLater { get; init; }

    public required string NoFindings { get; init; }

    /// <summary>The pool {0} with connections kept.</summary>
    public required string WhatIfOf { get; init; }

    public required string Replaying { get; init; }

    public required string NothingToReplay { get; init; }

    /// <summary>Connections that are authenticated cannot be shared.</summary>
    public required string BoundPool { get; init; }

    /// <summary>{0} requests were not replayed.</summary>
    public required string ReplayLeftOut { get; init; }

    /// <summary>The key {0} means nothing in the view {1}.</summary>
    public required string NoSuchKey { get; init; }

    /// <summary>There is nothing under the cursor that could be claimed.</summary>
    public required string NothingToAssert { get; init; }

    public required string AssertionCopied { get; init; }

    /// <summary>A spec was written to {0}.</summary>
    public required string AssertionWritten { get; init; }

    public required string WaitsLegend { get; init; }

    public required string IdleLegend { get; init; }

    public required string WindowLegend { get; init; }

    /// <summary>{0} of {1} are shown.</summary>
    public required string ZoomedIn { get; init; }

    public required string NoFurtherZoom { get; init; }

    /// <summary>There is no connection on that side of this one.</summary>
    public required string NoNeighbour { get; init; }

    /// <summary>There is no rule to explain here.</summary>
    public required string NoRule { get; init; }

    /// <summary>A finding that leads to no connection.</summary>
    public required string OfWholeCapture { get; init; }

    /// <summary>The measure {0} was held against {1}, as {2} says.</summary>
    public required string Threshold { get; init; }

    /// <summary>Names of views.</summary>
    public required IReadOnlyDictionary<ViewKind, string> Views { get; init; }

    /// <summary>What a key does, for the help.</summary>
    public required IReadOnlyDictionary<Act, string> Acts { get; init; }

    /// <summary>The same in one or two words, for the foot of the screen.</summary>
    public required IReadOnlyDictionary<Act, string> ShortActs { get; init; }

    /// <summary>Titles of columns and of sets of columns, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    public required string Reading { get; init; }

    public required string Live { get; init; }

    public required string Paused { get; init; }

    public required string Failed { get; init; }

    /// <summary>A number of packets, {0}.</summary>
    public required string Packets { get; init; }

    /// <summary>{0} of {1} rows.</summary>
    public required string Of { get; init; }

    public required string NoRows { get; init; }

    public required string TooLong { get; init; }

    public required string NoMatch { get; init; }

    public required string Filtering { get; init; }

    public required string Selected { get; init; }

    public required string LeftOut { get; init; }

    public required string NoConnection { get; init; }

    public required string ReadingConnection { get; init; }

    /// <summary>Where reading it takes long, and so waits to be asked for.</summary>
    public required string EnterReads { get; init; }

    public required string Damaged { get; init; }

    public required string NoDetail { get; init; }

    public required string NoPackets { get; init; }

    public required string NoStream { get; init; }

    public required string PacketsLeftOut { get; init; }

    public required string OctetsLeftOut { get; init; }

    public required string NoPools { get; init; }

    /// <summary>Of a pool's {1} connections {0} have not left.</summary>
    public required string PoolLater { get; init; }

    public required string NoPorts { get; init; }

    public required string OpenLegend { get; init; }

    public required string BusyLegend { get; init; }

    public required string WaitLegend { get; init; }

    /// <summary>At most {0} at once.</summary>
    public required string Most { get; init; }

    public required string InUseLegend { get; init; }

    /// <summary>The limit of ports, {0}, and how long TIME_WAIT lasts.</summary>
    public required string PortLimit { get; init; }

    public required string BothSides { get; init; }

    public required string ClientSide { get; init; }

    public required string ServerSide { get; init; }

    public required IReadOnlyDictionary<Layout.StreamForm, string> Forms { get; init; }

    public required IReadOnlyDictionary<TimeForm, string> Times { get; init; }

    public required string HelpOf { get; init; }

    public required string HelpEnds { get; init; }

    public required string Commands { get; init; }

    /// <summary>The lines that explain commands, in the order in which they are told.</summary>
    public required IReadOnlyList<(string Command, string Meaning)> CommandLines { get; init; }

    /// <summary>Signs and their meanings.</summary>
    public required IReadOnlyList<(string Sign, string Meaning)> Signs { get; init; }

    /// <summary>Those of the timeline's lanes, which are packets.</summary>
    public required IReadOnlyList<(string Sign, string Meaning)> TimelineSigns { get; init; }

    public required string SignsTitle { get; init; }

    public required string NoSuchCommand { get; init; }

    public required string NoSuchColumn { get; init; }

    public required string NoSuchConnection { get; init; }

    public required string NoSuchFrame { get; init; }

    public required string NameFile { get; init; }

    /// <summary>A list is to be written, and its file's name does not say how.</summary>
    public required string ExportWhere { get; init; }

    public required string NothingToExport { get; init; }

    /// <summary>{0}: that there is a file of that name.</summary>
    public required string FileTaken { get; init; }

    /// <summary>A list was written to {0}.</summary>
    public required string ListWritten { get; init; }

    public required string Written { get; init; }

    public required string Writing { get; init; }

    public required string Copied { get; init; }

    public required string CopiedInPart { get; init; }

    public required string MarkWhich { get; init; }

    public required string Marked { get; init; }

    public required string NoMark { get; init; }

    public required string NoEvidence { get; init; }

    /// <summary>The text {0} is not here.</summary>
    public required string NotFound { get; init; }

    /// <summary>Behind the last line with the text comes the first.</summary>
    public required string FromTheTop { get; init; }

    public required string FromTheBottom { get; init; }

    public required string NothingSought { get; init; }

    public required string CannotFilterCell { get; init; }

    public required string FilterCell { get; init; }

    public required string SortedBy { get; init; }

    public required string Following { get; init; }

    public required string NotFollowing { get; init; }

    public required string TooSmall { get; init; }

    public required string Overview { get; init; }

    /// <summary>Why there is no overview while packets are captured.</summary>
    public required string OverviewAtEnd { get; init; }
}
