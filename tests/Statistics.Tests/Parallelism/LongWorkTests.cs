using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.Tests.Parallelism;

public class LongWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void Every_step_is_told_in_order_from_any_thread(int threads)
    {
        var heard = new HeardProgress();
        using (ProgressScope.Enter(heard))
        {
            using var work = LongWork.Begin("steps", 300);
            ParallelWork.For(0, 300, threads, _ => work.Step());
        }

        Assert.Equal(Enumerable.Range(0, 301), heard.Reports.Select(report => report.Done));
        Assert.All(heard.Reports, report => Assert.Equal(("steps", 300, null), (report.Work, report.Total, report.Within)));
    }

    [Fact]
    public void A_thousand_reports_tell_of_a_million_steps()
    {
        var heard = new HeardProgress();
        using var scope = ProgressScope.Enter(heard);
        using var work = LongWork.Begin("steps", 1_000_000);
        for (var i = 0; i < 1_000_000; i++)
        {
            work.Step();
        }

        Assert.Equal(Enumerable.Range(0, 1001).Select(k => 1000 * k), heard.Reports.Select(report => report.Done));
    }

    [Fact]
    public void Work_within_work_names_it_and_what_follows_does_not()
    {
        var heard = new HeardProgress();
        using var scope = ProgressScope.Enter(heard);
        using (var sets = LongWork.Begin("sets", 2))
        {
            foreach (var _ in sets.Each([1, 2]))
            {
                using var refits = LongWork.Begin("refits", 1);
                refits.Step();
            }
        }

        LongWork.Begin("laws", 3).Dispose();
        Assert.Equal(
            [
                "sets 0/2", "refits 0/1 in sets 0/2", "refits 1/1 in sets 0/2", "sets 1/2", "refits 0/1 in sets 1/2",
                "refits 1/1 in sets 1/2", "sets 2/2", "laws 0/3",
            ],
            heard.Reports.Select(Words));
    }

    [Fact]
    public void Bodies_that_threads_share_are_not_told_apart()
    {
        var heard = new HeardProgress();
        using var scope = ProgressScope.Enter(heard);
        foreach (var threads in new[] { 1, 2, 0 })
        {
            ParallelWork.For(0, 8, threads, _ =>
            {
                using var work = LongWork.Begin("steps", 2);
                work.Step(2);
            });
        }

        Assert.Empty(heard.Reports);
        LongWork.Begin("laws", 1).Dispose();
        Assert.Single(heard.Reports);
    }

    [Fact]
    public void Nobody_hears_outside_of_scopes_nor_of_work_without_steps()
    {
        var (outer, inner) = (new HeardProgress(), new HeardProgress());
        LongWork.Begin("steps", 1).Step();
        using (ProgressScope.Enter(outer))
        {
            using (ProgressScope.Enter(inner))
            {
                LongWork.Begin("inner", 1).Dispose();
                LongWork.Begin("none", 0).Step();
            }

            using (ProgressScope.Enter(null))
            {
                LongWork.Begin("outer", 1).Dispose();
            }
        }

        LongWork.Begin("steps", 1).Step();
        Assert.Equal("inner", Assert.Single(inner.Reports).Work);
        Assert.Equal("outer", Assert.Single(outer.Reports).Work);
    }

    [Fact]
    public void Steps_beyond_the_total_are_not_told()
    {
        var heard = new HeardProgress();
        using var scope = ProgressScope.Enter(heard);
        using var work = LongWork.Begin("steps", 3);
        work.Step(2);
        work.Step(int.MaxValue);
        work.Step();
        Assert.Equal([0, 2, 3], heard.Reports.Select(report => report.Done));
        Assert.Throws<ArgumentOutOfRangeException>(() => work.Step(-1));
    }

    [Fact]
    public void Work_that_is_told_of_has_a_name()
    {
        using var scope = ProgressScope.Enter(new HeardProgress());
        Assert.Throws<ArgumentException>(() => LongWork.Begin(string.Empty, 2));
    }

    private static string Words(WorkProgress report) =>
        $"{report.Work} {report.Done}/{report.Total}" + (report.Within is { } outer ? $" in {Words(outer)}" : string.Empty);
}
