using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>
/// Cuts one stream of a WebSocket into frames. Of a payload nothing is looked at but a control frame's; the rest is
/// arithmetic, and so is a hole within it. Any other hole ends the reading: frames have no mark to find one by.
/// </summary>
internal sealed class WebSocketReader(WebSocketConversation conversation, Side side, bool isClient, long from)
{
    private readonly byte[] _header = new byte[WebSocketFrame.LongestHeader];
    private readonly byte[] _maskingKey = new byte[WebSocketFrame.MaskingKeyLength];
    private readonly byte[] _control = new byte[WebSocketFrame.LongestControlPayload];
    private int _headerLength;
    private int _controlLength;
    private long _position = from;

    // The frame under way.
    private WebSocketOpcode _opcode;
    private bool _isFinal;
    private bool _isMasked;
    private bool _inPayload;
    private long _remaining;
    private bool _payloadMissing;

    private bool _inMessage;
    private bool _closed;
    private bool _ended;

    public Side Side => side;

    /// <summary>Its sender is the WebSocket's client.</summary>
    public bool IsClient => isClient;

    public bool LostPlace { get; private set; } = from < 0;

    public long Frames { get; private set; }

    public long TextFrames { get; private set; }

    public long BinaryFrames { get; private set; }

    public long Continuations { get; private set; }

    public long Messages { get; private set; }

    public long Compressed { get; private set; }

    public long Octets { get; private set; }

    public long Pongs { get; private set; }

    /// <summary>The stream ended within a frame or a message.</summary>
    public bool CutOff => _ended && !LostPlace && (_inPayload || _headerLength > 0 || _inMessage);

    public void Read(in StreamChunk chunk)
    {
        // Octets that were passed over before the switch was known.
        if (chunk.Offset > _position)
        {
            LostPlace = true;
        }

        var octets = chunk.Octets;
        while (!LostPlace && !octets.IsEmpty)
        {
            octets = octets[(_inPayload ? TakePayload(octets, chunk.Contiguous) : TakeHeader(octets, chunk.Contiguous))..];
        }

        _position = chunk.EndOffset;
    }

    public void Skip(in StreamGap gap)
    {
        _position = gap.Offset + gap.Length;
        if (!_inPayload || gap.Length > _remaining)
        {
            LostPlace = true;
            return;
        }

        _payloadMissing = true;
        Pass(gap.Length, gap.NoticedAt);
    }

    public void End() => _ended = true;

    private int TakeHeader(ReadOnlySpan<byte> octets, PacketRef packet)
    {
        var before = _headerLength;
        var header = octets;
        if (before > 0)
        {
            var taken = Math.Min(octets.Length, _header.Length - before);
            octets[..taken].CopyTo(_header.AsSpan(before));
            header = _header.AsSpan(0, before + taken);
        }

        switch (WebSocketFrame.TryParse(header, out var frame))
        {
            case ParseStatus.Complete:
                _headerLength = 0;
                Begin(frame, packet);
                return frame.HeaderLength - before;
            case ParseStatus.NeedMore:
                // Shorter than the longest header, or it would not need more.
                header.CopyTo(_header);
                _headerLength = header.Length;
                return octets.Length;
            default:
                Break(WebSocketRule.LengthTooLarge, packet);
                LostPlace = true;
                return octets.Length;
        }
    }

    private void Begin(in WebSocketFrame frame, PacketRef packet)
    {
        Frames++;
        _opcode = frame.Opcode;
        _isFinal = frame.IsFinal;
        _remaining = frame.PayloadLength;
        _payloadMissing = false;
        _controlLength = 0;
        _inPayload = true;
        JudgeFrame(frame, packet);
        if (frame.IsControl)
        {
            JudgeControl(frame, packet);
            frame.MaskingKey.CopyTo(_maskingKey);
            _isMasked = frame.IsMasked;
        }
        else
        {
            BeginData(frame, packet);
        }

        if (_remaining == 0)
        {
            EndFrame(packet);
        }
    }

    private void JudgeFrame(in WebSocketFrame frame, PacketRef packet)
    {
        if (frame.IsMasked != isClient)
        {
            Break(isClient ? WebSocketRule.ClientFrameNotMasked : WebSocketRule.ServerFrameMasked, packet);
        }

        if (!frame.IsLengthMinimal)
        {
            Break(WebSocketRule.LengthNotMinimal, packet);
        }

        if (_closed)
        {
            Break(WebSocketRule.FrameAfterClose, packet);
        }

        // An extension that is not known here may use them.
        if (conversation.Handshake.HasOtherExtensions)
        {
            return;
        }

        // RFC 7692 §6: RSV1 stands on the first frame of a message, and on no control frame.
        var mayCompress = conversation.Handshake.Compresses && frame.Opcode is WebSocketOpcode.Text or WebSocketOpcode.Binary;
        if (frame.HasOtherReservedBits || (frame.HasFirstReservedBit && !mayCompress))
        {
            Break(WebSocketRule.ReservedBitSet, packet);
        }

        if (frame.IsReserved)
        {
            Break(WebSocketRule.ReservedOpcode, packet);
        }
    }

    private void JudgeControl(in WebSocketFrame frame, PacketRef packet)
    {
        if (!frame.IsFinal)
        {
            Break(WebSocketRule.ControlFragmented, packet);
        }

        if (frame.PayloadLength > WebSocketFrame.LongestControlPayload)
        {
            Break(WebSocketRule.ControlTooLong, packet);
        }
    }

    private void BeginData(in WebSocketFrame frame, PacketRef packet)
    {
        var continues = _opcode == WebSocketOpcode.Continuation;
        if (continues != _inMessage)
        {
            Break(continues ? WebSocketRule.NothingToContinue : WebSocketRule.MessageInterrupted, packet);
        }

        Continuations += continues ? 1 : 0;
        TextFrames += _opcode == WebSocketOpcode.Text ? 1 : 0;
        BinaryFrames += _opcode == WebSocketOpcode.Binary ? 1 : 0;
        if (!continues)
        {
            conversation.NoteMessage(this, packet);
            Compressed += frame.HasFirstReservedBit && conversation.Handshake.Compresses ? 1 : 0;
        }

        _inMessage = true;
    }

    private int TakePayload(ReadOnlySpan<byte> octets, PacketRef packet)
    {
        var taken = (int)Math.Min(_remaining, octets.Length);
        if (_opcode >= WebSocketOpcode.Close)
        {
            var kept = Math.Min(taken, _control.Length - _controlLength);
            octets[..kept].CopyTo(_control.AsSpan(_controlLength));
            _controlLength += kept;
        }

        Pass(taken, packet);
        return taken;
    }

    private void Pass(long octets, PacketRef packet)
    {
        _remaining -= octets;
        Octets += _opcode < WebSocketOpcode.Close ? octets : 0;
        if (_remaining == 0)
        {
            EndFrame(packet);
        }
    }

    private void EndFrame(PacketRef packet)
    {
        _inPayload = false;
        switch (_opcode)
        {
            case WebSocketOpcode.Close:
                _closed = true;
                conversation.NoteClose(this, Payload(), isWhole: !_payloadMissing, packet);
                break;
            case WebSocketOpcode.Ping when !_payloadMissing:
                conversation.NotePing(this, Payload(), packet);
                break;
            case WebSocketOpcode.Pong when !_payloadMissing:
                Pongs++;
                conversation.NotePong(this, Payload(), packet);
                break;
            case < WebSocketOpcode.Close when _isFinal:
                Messages++;
                _inMessage = false;
                break;
            default:
                break;
        }
    }

    /// <summary>A control frame's, without its mask (RFC 6455 §5.3).</summary>
    private ReadOnlySpan<byte> Payload()
    {
        var payload = _control.AsSpan(0, _controlLength);
        for (var at = 0; _isMasked && at < payload.Length; at++)
        {
            payload[at] ^= _maskingKey[at % _maskingKey.Length];
        }

        return payload;
    }

    public void Break(WebSocketRule rule, PacketRef packet) => conversation.Note(rule, side, packet);
}
