using System.Globalization;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Filter;

/// <summary>The packets of another source that a BPF filter accepts; they keep the numbers they have there.</summary>
internal sealed class FilteredSource : IPacketSource, IReadProgress, ISecretSource
{
    private readonly IPacketSource _source;
    private readonly string _filter;
    private readonly PacketBatch _unfiltered = new();
    private readonly Dictionary<LinkType, PacketFilter?> _programs = [];
    private readonly RemarkLog _log;
    private bool _hasBatch;
    private LinkType _lastLinkType;
    private PacketFilter? _lastProgram;

    /// <param name="file">The first, where there are several; remarks of this source name it.</param>
    /// <param name="source">Belongs to this source once it is made.</param>
    /// <exception cref="CaptureFilterException">No interface's packets can be filtered so.</exception>
    public FilteredSource(IPacketSource source, string file, string filter)
    {
        _source = source;
        _filter = filter;
        _log = new RemarkLog(file);

        // Interfaces are known when packets come; only then is it known what the filter has to be compiled for.
        _hasBatch = source.Read(_unfiltered);
        try
        {
            CompileForKnown();
        }
        catch
        {
            DisposePrograms();
            throw;
        }
    }

    public IReadOnlyList<CaptureInterface> Interfaces => _source.Interfaces;

    public IReadOnlyList<CaptureRemark> Remarks => [.. _source.Remarks, .. _log.Remarks];

    public IReadOnlyList<CaptureSecrets> Secrets => (_source as ISecretSource)?.Secrets ?? [];

    public long OctetsRead => ((IReadProgress)_source).OctetsRead;

    public long? OctetsInAll => ((IReadProgress)_source).OctetsInAll;

    public bool Read(PacketBatch batch)
    {
        while (_hasBatch || _source.Read(_unfiltered))
        {
            _hasBatch = false;
            batch.Begin(_unfiltered.Buffer);
            for (var i = 0; i < _unfiltered.Count; i++)
            {
                ref readonly var record = ref _unfiltered[i];
                if (Accepts(record))
                {
                    batch.Add(record, _unfiltered.NotesOf(i));
                }
            }

            if (batch.Count > 0)
            {
                return true;
            }
        }

        batch.Begin(_unfiltered.Buffer);
        return false;
    }

    public void Dispose()
    {
        DisposePrograms();
        _source.Dispose();
    }

    private void CompileForKnown()
    {
        CaptureFilterException? refusal = null;
        LinkType[] linkTypes = [.. _source.Interfaces.Select(known => known.LinkType).Distinct()];
        foreach (var linkType in linkTypes is [] ? [LinkType.Ethernet] : linkTypes)
        {
            _programs[linkType] = PacketFilter.Compile(_filter, linkType, out var error);
            refusal ??= error is null ? null : PacketFilter.Refusal(_filter, linkType, error);
        }

        if (refusal is not null && _programs.Values.All(program => program is null))
        {
            throw refusal;
        }
    }

    private bool Accepts(in PacketRecord record)
    {
        if (_lastProgram is null || record.LinkType != _lastLinkType)
        {
            _lastLinkType = record.LinkType;
            _lastProgram = ProgramFor(record.LinkType);
        }

        if (_lastProgram is not null)
        {
            return _lastProgram.Accepts(_unfiltered.OctetsOf(record), record.OriginalLength);
        }

        NoteUnfiltered(record);
        return false;
    }

    private PacketFilter? ProgramFor(LinkType linkType)
    {
        if (!_programs.TryGetValue(linkType, out var program))
        {
            program = PacketFilter.Compile(_filter, linkType, out _);
            _programs.Add(linkType, program);
        }

        return program;
    }

    private void NoteUnfiltered(in PacketRecord record)
    {
        if (!_log.Repeats(Oddity.UnfilteredLinkType))
        {
            _log.Add(Oddity.UnfilteredLinkType, CaptureRemarkKind.Skipped, new FormatError(
                0,
                "packets that the capture filter can be compiled for",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"packet {record.Packet.Number} of link type {(int)record.LinkType}, passed over")));
        }
    }

    private void DisposePrograms()
    {
        foreach (var program in _programs.Values)
        {
            program?.Dispose();
        }
    }
}
