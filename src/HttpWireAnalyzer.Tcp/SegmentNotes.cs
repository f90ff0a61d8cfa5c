using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What a segment shows beside states and octets: window, checksum, probes answered, history letters.</summary>
internal sealed class SegmentNotes(IStreamSink sink, DetailsPool details, StreamPool pool)
{
    public void Take(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        var flags = segment.Header.Flags;
        var length = segment.PayloadLengthOnWire;
        var letter = LetterOf(flags, length);
        if (length > 0 && letter != HistoryLetters.Data)
        {
            connection.History.Add(ref me.Letters, HistoryLetters.Data, seen.Sender);
        }

        connection.History.Add(ref me.Letters, letter, seen.Sender);
        if (segment.IsChecksumWrong)
        {
            NoticeBadChecksum(ref connection, ref me, seen, segment.Checksum);
        }

        if (segment.Header.Window == 0 && (flags & (TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Fin)) == 0)
        {
            pool.TroubleOf(ref me).ZeroWindows++;
            connection.History.Add(ref me.Letters, HistoryLetters.ZeroWindow, seen.Sender);
            sink.Remark(seen, TcpRemarkKind.ZeroWindow, default, 0);
        }

        if (me.Trouble is { } trouble)
        {
            NoticeTrouble(ref connection, ref me, trouble, seen.Sender);
        }

        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        // Probes of both ends may cross: another probe is no answer.
        if (peer.Has(EndFlags.ProbeSent) && length == 0 && (flags & TcpFlags.Ack) != 0
            && me.OffsetOf(segment.Header.Sequence.Value) >= me.EndOfSequence)
        {
            peer.Flags &= ~EndFlags.ProbeSent;
            peer.Trouble!.KeepAliveAnswers++;
            sink.Remark(seen, TcpRemarkKind.KeepAliveAnswer, peer.Last, 0);
        }
    }

    private void NoticeBadChecksum(
        ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen, ChecksumVerdict verdict)
    {
        me.Flags |= verdict == ChecksumVerdict.Bad ? EndFlags.Damaged : 0;
        if (details.Of(ref connection).Ends[(int)seen.Sender].BadChecksums++ == 0)
        {
            connection.History.Add(ref me.Letters, HistoryLetters.BadChecksum, seen.Sender);
            sink.Remark(seen, TcpRemarkKind.BadChecksum, default, 0);
        }
    }

    private static void NoticeTrouble(
        ref TcpConnection connection, ref TcpEndpoint me, StreamTrouble trouble, Side sender)
    {
        if (trouble.Retransmissions > 0)
        {
            connection.History.Add(ref me.Letters, HistoryLetters.Retransmission, sender);
        }

        if (trouble.Gap > 0)
        {
            connection.History.Add(ref me.Letters, HistoryLetters.Gap, sender);
        }
    }

    /// <summary>The history names what the stream's trouble was.</summary>
    public static bool HasNoticed(StreamTrouble trouble, HistoryLetters letters) =>
        (trouble.Retransmissions == 0 || (letters & HistoryLetters.Retransmission) != 0)
        && (trouble.Gap == 0 || (letters & HistoryLetters.Gap) != 0);

    private static HistoryLetters LetterOf(TcpFlags flags, int length) =>
        (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) switch
        {
            TcpFlags.None => length > 0 ? HistoryLetters.Data : HistoryLetters.Ack,
            TcpFlags.Syn => (flags & TcpFlags.Ack) != 0 ? HistoryLetters.SynAck : HistoryLetters.Syn,
            TcpFlags.Fin => HistoryLetters.Fin,
            var more => (more & TcpFlags.Syn) != 0 ? HistoryLetters.MultipleFlags : HistoryLetters.Rst,
        };
}
