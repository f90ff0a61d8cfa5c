using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Merge;

/// <summary>Several files as one timeline, with the order and the numbers that mergecap gives.</summary>
internal sealed class MergedSource : IPacketSource, IReadProgress, ISecretSource
{
    private readonly MergeInput[] _inputs;
    private readonly PriorityQueue<MergeInput, (Timestamp Time, int Order)> _waiting = new();
    private readonly List<(MergeInput Input, int Index)> _interfaces = [];
    private readonly RecentFrames _recent;
    private readonly string[] _files;
    private readonly FreeBuffers _free = new();
    private OctetBuffer _buffer = FreeBuffers.Allocate(CaptureLimits.BufferOctets);
    private MergeInput? _current;
    private bool _begun;
    private long _number;
    private long _duplicates;
    private (string File, long Number) _firstDuplicate;

    /// <param name="sources">In the order of <paramref name="files"/>; they belong to this source.</param>
    public MergedSource(IReadOnlyList<IPacketSource> sources, IReadOnlyList<string> files)
    {
        _inputs = [.. sources.Select((source, order) => new MergeInput(source, order))];
        _files = [.. files];
        _recent = new RecentFrames(sources.Count);
    }

    public IReadOnlyList<CaptureInterface> Interfaces =>
        [.. _interfaces.Select(entry => entry.Input.Source.Interfaces[entry.Index])];

    public IReadOnlyList<CaptureRemark> Remarks =>
        [.. _inputs.SelectMany(input => input.Source.Remarks), .. DuplicateRemark()];

    public IReadOnlyList<CaptureSecrets> Secrets =>
        [.. _inputs.Select(input => input.Source).OfType<ISecretSource>().SelectMany(source => source.Secrets)];

    public long OctetsRead => _inputs.Sum(input => ((IReadProgress)input.Source).OctetsRead);

    public long? OctetsInAll => _inputs.Any(input => ((IReadProgress)input.Source).OctetsInAll is null)
        ? null
        : _inputs.Sum(input => ((IReadProgress)input.Source).OctetsInAll);

    public bool Read(PacketBatch batch)
    {
        Begin();
        batch.Release();
        if (_buffer.IsHeld)
        {
            Exchange(_buffer.Octets.Length);
        }

        batch.Begin(_buffer);
        var used = 0;
        while (!batch.IsFull && TryFindNext(out var input))
        {
            ref readonly var record = ref input.Record;
            if (record.CapturedLength > _buffer.Octets.Length - used)
            {
                if (batch.Count > 0)
                {
                    return true;
                }

                Exchange(record.CapturedLength);
                batch.Begin(_buffer);
            }

            used += Take(batch, input, used);
            MoveOn(input);
        }

        return batch.Count > 0 || AtEnd();
    }

    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    private void Begin()
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        foreach (var input in _inputs)
        {
            if (input.MoveNext())
            {
                _waiting.Enqueue(input, input.Position);
            }

            input.RegisterInterfaces(_interfaces);
        }
    }

    private bool TryFindNext([NotNullWhen(true)] out MergeInput? input)
    {
        if (_current is null)
        {
            _waiting.TryDequeue(out _current, out _);
        }

        input = _current;
        return input is not null;
    }

    private void Exchange(int octets)
    {
        _free.Give(_buffer);
        _buffer = _free.Take(octets);
    }

    /// <summary>Copies the packet into the batch unless another file has shown it; the octets that it took.</summary>
    private int Take(PacketBatch batch, MergeInput input, int offset)
    {
        // mergecap keeps duplicates: one that is left out here keeps its number, so that the others have theirs.
        _number++;
        ref readonly var record = ref input.Record;
        var octets = input.Octets;
        if (_recent.Has(record, octets, input.Order))
        {
            _firstDuplicate = _duplicates++ == 0 ? (_files[input.Order], _number) : _firstDuplicate;
            return 0;
        }

        octets.CopyTo(_buffer.Octets.AsSpan(offset));
        var merged = record with
        {
            Packet = new PacketRef(_number, record.Packet.Time),
            Offset = offset,
            Interface = input.InterfaceOf(record, _interfaces),
        };
        batch.Add(merged, input.Notes);
        return octets.Length;
    }

    // A file goes on while its next packet is first in time: files of a rotation never touch the queue.
    private void MoveOn(MergeInput input)
    {
        if (!input.MoveNext())
        {
            _current = null;
        }
        else if (_waiting.TryPeek(out _, out (Timestamp, int) first) && first.CompareTo(input.Position) < 0)
        {
            _current = _waiting.EnqueueDequeue(input, input.Position);
        }
    }

    private bool AtEnd()
    {
        foreach (var input in _inputs)
        {
            input.RegisterInterfaces(_interfaces);
        }

        return false;
    }

    private CaptureRemark[] DuplicateRemark() => _duplicates == 0
        ? []
        :
        [
            new CaptureRemark(
                CaptureRemarkKind.Skipped,
                _firstDuplicate.File,
                Offset: -1,
                "frames that no other file has",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(_files.Count(file => file == _firstDuplicate.File) > 1 ? "the same file twice: " : "")}"
                    + $"{_duplicates} that another one has within 5 ms, counted once; the first is #{_firstDuplicate.Number}")),
        ];
}
