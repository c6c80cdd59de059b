using MarginalConditional.Cli.Hosting;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Cli.Tests.Hosting;

public sealed class ProgressLineTests
{
    private static readonly WorkProgress Nested =
        new("bootstrap refits", 500, 1000) { Within = new WorkProgress("imputed data sets", 1, 5) };

    [Fact]
    public void A_bar_shows_the_share_of_all_work_and_words_each_piece() => Assert.Equal(
        "██████░░░░░░░░░░░░░░  30 %  1 of 5 imputed data sets, 500 of 1,000 bootstrap refits", ProgressLine.Text(Nested));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0.75)]
    [InlineData(4, 1)]
    public void Work_by_itself_has_its_own_share(int done, double share) =>
        Assert.Equal(share, ProgressLine.Share(new WorkProgress("steps", done, 4)));

    /// <summary>(1 + (2 + 1/2)/4)/2.</summary>
    [Fact]
    public void Shares_within_shares_are_parts_of_a_step() => Assert.Equal(
        0.8125,
        ProgressLine.Share(new WorkProgress("c", 1, 2) { Within = new WorkProgress("b", 2, 4) { Within = new WorkProgress("a", 1, 2) } }));

    [Fact]
    public void Nothing_is_drawn_of_short_work()
    {
        var (line, terminal, clock) = Opened();
        clock.Go(ProgressLine.Patience - TimeSpan.FromMilliseconds(1));
        line.Report(Nested);
        line.Clear();
        Assert.Empty(terminal.ToString());
    }

    [Fact]
    public void It_is_drawn_over_itself_now_and_then_and_gone_at_the_end()
    {
        var (line, terminal, clock) = Opened();
        clock.Go(ProgressLine.Patience);
        line.Report(new WorkProgress("steps", 1000, 2000));
        clock.Go(ProgressLine.Pause / 2);
        line.Report(new WorkProgress("steps", 1001, 2000));
        clock.Go(ProgressLine.Pause / 2);
        line.Report(new WorkProgress("laws", 0, 2));
        line.Report(new WorkProgress("laws", 2, 2));
        var (first, second) = ("██████████░░░░░░░░░░  50 %  1,000 of 2,000 steps", "░░░░░░░░░░░░░░░░░░░░   0 %  0 of 2 laws");
        Assert.Equal($"\r{first}\r{second.PadRight(first.Length)}\r{new string(' ', second.Length)}\r", terminal.ToString());
    }

    [Fact]
    public void It_stays_within_the_terminal()
    {
        var (line, terminal, clock) = Opened();
        clock.Go(ProgressLine.Patience);
        line.Report(Nested with { Work = new string('w', 100) });
        Assert.Equal(80, terminal.ToString().Length);
    }

    private static (ProgressLine Line, StringWriter Terminal, Clock Clock) Opened()
    {
        var (terminal, clock) = (new StringWriter(), new Clock());
        return (new ProgressLine(terminal, clock, 80), terminal, clock);
    }

    /// <summary>A clock that stands.</summary>
    private sealed class Clock : TimeProvider
    {
        private long now = 1000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Go(TimeSpan span) => now += span.Ticks;

        public override long GetTimestamp() => now;
    }
}
