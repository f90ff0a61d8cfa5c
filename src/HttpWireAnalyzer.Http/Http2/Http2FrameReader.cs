using System.Diagnostics;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>
/// Cuts one stream into frames, by the table above <see cref="FrameReaderState"/>. Whatever the cuts between chunks, the
/// frames are the same; only a search after a loss looks at where chunks begin.
/// </summary>
internal sealed class Http2FrameReader
{
    /// <summary>"HTTP/1.1 400".</summary>
    private const int Http1AnswerOctets = 12;

    private readonly IFrameSink _sink;
    private readonly HttpLimits _limits;
    private HeadBuffer _buffer;
    private FrameInHand _frame;
    private long _startOffset;
    private PacketRef _start;
    private long _remaining;
    private int _padding;
    private long _huntFrom;

    public Http2FrameReader(Side side, FrameReaderState state, IFrameSink sink, HttpLimits limits)
    {
        Side = side;
        State = state;
        _sink = sink;
        _limits = limits;
    }

    public Side Side { get; }

    public FrameReaderState State { get; private set; }

    /// <summary>Offset of the next octet.</summary>
    public long Position { get; private set; }

    /// <summary>The packet that made the octets at hand contiguous.</summary>
    public PacketRef Contiguous { get; private set; }

    /// <summary>How far their sender had acknowledged the other stream; -1 unknown.</summary>
    public long Acknowledged { get; private set; } = -1;

    public void Read(in StreamChunk chunk)
    {
        Contiguous = chunk.Contiguous;
        Acknowledged = chunk.Acknowledged;
        Position = chunk.Offset;
        var octets = chunk.Octets;
        if (State == FrameReaderState.Hunt && FrameRun.Is(octets))
        {
            State = FrameReaderState.Header;
            _sink.OnPlaceFound(this, _huntFrom, Position - _huntFrom);
        }

        while (!octets.IsEmpty)
        {
            var used = Step(octets);
            octets = octets[used..];
            Position += used;
        }
    }

    public void Skip(in StreamGap gap)
    {
        Contiguous = gap.NoticedAt;
        Position = gap.Offset;
        var end = gap.Offset + gap.Length;
        if (State == FrameReaderState.Data && _remaining > 0)
        {
            var within = Math.Min(gap.Length, _remaining);
            _remaining -= within;
            Position += within;
            _sink.OnDataMissing(this, _frame, within);
            EndDataIfDone();
        }

        // Padding follows data; both can be in the hole.
        if (State == FrameReaderState.Passed)
        {
            var within = Math.Min(end - Position, _remaining);
            _remaining -= within;
            Position += within;
            EndPassedIfDone();
        }

        if (Position < end)
        {
            LosePlace();
        }

        Position = end;
    }

    /// <summary>Gives back what is held.</summary>
    public void Close() => _buffer.Release();

    /// <summary>The first octets were passed over: the next chunk that is made of frames begins with one.</summary>
    public void BeginLate()
    {
        _huntFrom = Position;
        State = FrameReaderState.Hunt;
    }

    /// <summary>Frames may be in what is not there.</summary>
    private void LosePlace()
    {
        if (State is FrameReaderState.Hunt or FrameReaderState.Opaque)
        {
            return;
        }

        _buffer.Release();
        _huntFrom = Position;
        State = FrameReaderState.Hunt;
        _sink.OnPlaceLost(this);
    }

    /// <summary>Takes some octets, or changes the state.</summary>
    private int Step(ReadOnlySpan<byte> octets) => State switch
    {
        FrameReaderState.Preface => StepPreface(octets),
        FrameReaderState.Answer => StepAnswer(octets),
        FrameReaderState.Header => StepHeader(octets),
        FrameReaderState.Payload => StepPayload(octets),
        FrameReaderState.PadLength => StepPadLength(octets),
        FrameReaderState.Data => StepData(octets),
        FrameReaderState.Passed => StepPassed(octets),
        FrameReaderState.Hunt or FrameReaderState.Opaque => octets.Length,
        _ => throw new UnreachableException(),
    };

    private int StepPreface(ReadOnlySpan<byte> octets)
    {
        var preface = Http2Preface.Octets;
        var taken = _buffer.Append(octets, preface.Length);
        if (!preface.StartsWith(_buffer.Octets))
        {
            _buffer.Release();
            State = FrameReaderState.Opaque;
            _sink.OnForeign(this);
            return octets.Length;
        }

        if (_buffer.Length == preface.Length)
        {
            _buffer.Release();
            State = FrameReaderState.Header;
            _sink.OnPreface(this);
        }

        return taken;
    }

    /// <summary>As many octets as tell; then as many as hold the status.</summary>
    private int StepAnswer(ReadOnlySpan<byte> octets)
    {
        NoteStart();
        var name = "HTTP/1."u8;
        var taken = _buffer.Append(octets, _buffer.Length < name.Length ? name.Length : Http1AnswerOctets);
        var first = _buffer.Octets;
        if (!first.StartsWith(name) && !name.StartsWith(first))
        {
            // They are the beginning of a frame's header, which goes on from them.
            State = FrameReaderState.Header;
        }
        else if (first.Length == Http1AnswerOctets)
        {
            _ = StatusLine.TryParse(first, out var line);
            var status = line.Status;
            _buffer.Release();
            State = FrameReaderState.Opaque;
            _sink.OnHttp1Answer(this, status);
        }

        return taken;
    }

    private void NoteStart()
    {
        if (_buffer.Length == 0)
        {
            _startOffset = Position;
            _start = Contiguous;
        }
    }

    private int StepHeader(ReadOnlySpan<byte> octets)
    {
        NoteStart();
        var whole = octets;
        var taken = Http2FrameHeader.Octets;
        if (_buffer.Length > 0 || octets.Length < Http2FrameHeader.Octets)
        {
            taken = _buffer.Append(octets, Http2FrameHeader.Octets);
            whole = _buffer.Octets;
        }

        var status = Http2FrameHeader.TryParse(whole, out var header, out var problem);
        if (status == ParseStatus.NeedMore)
        {
            return taken;
        }

        _frame = new FrameInHand(header.Type, header.Flags, header.Stream, header.Length, _startOffset, _start);
        _buffer.Release();
        if (status == ParseStatus.Invalid)
        {
            _sink.OnProblem(this, _frame, problem);
        }

        // What is told of a frame without payload is told with its last octet.
        Position += taken;
        BeginPayload(isFaultless: status == ParseStatus.Complete);
        Position -= taken;
        return taken;
    }

    private void BeginPayload(bool isFaultless)
    {
        _padding = 0;
        _remaining = _frame.Length;
        if (!isFaultless || (_frame.Type != Http2FrameType.Data && _frame.Length > _limits.HeadOctets))
        {
            if (isFaultless)
            {
                _sink.OnLongFrame(this, _frame);
            }

            State = FrameReaderState.Passed;
            EndPassedIfDone();
        }
        else if (_frame.Type == Http2FrameType.Data)
        {
            _sink.OnDataBegins(this, _frame);
            State = _frame.Has(Http2FrameFlags.Padded) && _frame.Length > 0 ? FrameReaderState.PadLength : FrameReaderState.Data;
            if (State == FrameReaderState.Data)
            {
                EndDataIfDone();
            }
        }
        else if (_frame.Length == 0)
        {
            State = FrameReaderState.Header;
            _sink.OnFrame(this, _frame, default);
        }
        else
        {
            State = FrameReaderState.Payload;
        }
    }

    private int StepPayload(ReadOnlySpan<byte> octets)
    {
        if (_buffer.Length == 0 && octets.Length >= _frame.Length)
        {
            State = FrameReaderState.Header;
            _sink.OnFrame(this, _frame, octets[.._frame.Length]);
            return _frame.Length;
        }

        var taken = _buffer.Append(octets, _frame.Length);
        if (_buffer.Length == _frame.Length)
        {
            var payload = _buffer;
            _buffer = default;
            State = FrameReaderState.Header;
            _sink.OnFrame(this, _frame, payload.Octets);
            payload.Release();
        }

        return taken;
    }

    private int StepPadLength(ReadOnlySpan<byte> octets)
    {
        _remaining--;
        if (octets[0] > _remaining)
        {
            // RFC 9113 §6.1: padding that leaves no room is a connection error.
            _sink.OnProblem(this, _frame, Http2FrameProblem.WrongLength);
            State = FrameReaderState.Passed;
            EndPassedIfDone();
            return 1;
        }

        _padding = octets[0];
        _remaining -= _padding;
        State = FrameReaderState.Data;
        EndDataIfDone();
        return 1;
    }

    private int StepData(ReadOnlySpan<byte> octets)
    {
        var taken = (int)Math.Min(_remaining, octets.Length);
        _remaining -= taken;
        _sink.OnData(this, _frame, octets[..taken]);
        EndDataIfDone();
        return taken;
    }

    private void EndDataIfDone()
    {
        if (_remaining > 0)
        {
            return;
        }

        _remaining = _padding;
        _padding = 0;
        State = FrameReaderState.Passed;
        if (_remaining == 0)
        {
            EndPassedIfDone();
        }
    }

    private int StepPassed(ReadOnlySpan<byte> octets)
    {
        var taken = (int)Math.Min(_remaining, octets.Length);
        _remaining -= taken;
        EndPassedIfDone();
        return taken;
    }

    private void EndPassedIfDone()
    {
        if (_remaining > 0)
        {
            return;
        }

        State = FrameReaderState.Header;
        if (_frame.Type == Http2FrameType.Data && _frame.Stream > 0)
        {
            _sink.OnDataEnds(this, _frame);
        }
    }
}
