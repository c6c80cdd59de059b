using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Multiplicity;

public abstract partial class Adjustment
{
    /// <summary>A function of each p and their number.</summary>
    private sealed class ByNumber(string name, string description, string intervals, Func<double, int, double> adjust)
        : Adjustment(name, description, intervals)
    {
        private readonly Func<double, int, double> adjust = adjust;

        private protected override AdjustedTests Compute(TestFamily family, double level) => new(
            [.. family.PValues().Select(p => adjust(p, family.Count))],
            Each(family, j => Critical(family, j, level, Intervals.Length == 0 ? 1 : family.Count)));
    }

    /// <summary>p times a factor by its rank, made monotone. A test without a p counts as one whose p is 1.</summary>
    private sealed class ByRank(string name, string description, string intervals, bool descends, Func<int, int, double> factor)
        : Adjustment(name, description, intervals)
    {
        private readonly bool descends = descends;
        private readonly Func<int, int, double> factor = factor;

        private protected override AdjustedTests Compute(TestFamily family, double level)
        {
            var p = family.PValues();
            var adjusted = new double[p.Length];
            int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(j => double.IsNaN(p[j])).ThenBy(j => p[j])];
            var running = descends ? 1.0 : 0.0;
            for (var step = 0; step < order.Length; step++)
            {
                var rank = descends ? order.Length - 1 - step : step;
                var known = p[order[rank]];
                var own = double.IsNaN(known) ? 1 : Math.Min(1, factor(p.Length, rank) * known);
                running = descends ? Math.Min(running, own) : Math.Max(running, own);
                adjusted[order[rank]] = double.IsNaN(known) ? known : running;
            }

            return new AdjustedTests(adjusted, Each(family, j => Critical(family, j, level, Intervals.Length == 0 ? 1 : family.Count)));
        }
    }

    /// <summary>Exact for independent tests.</summary>
    private sealed class Independent() : Adjustment("sidak", "\u0160id\u00E1k", "\u0160id\u00E1k")
    {
        private protected override AdjustedTests Compute(TestFamily family, double level)
        {
            var k = family.Count;
            var shared = -Elementary.ExpMinusOne(Math.Log(level) / k);
            return new AdjustedTests(
                [.. family.PValues().Select(p => -Elementary.ExpMinusOne(k * Elementary.LogOnePlus(-p)))],
                Each(family, j => Critical(family, j, level, (1 - level) / shared)));
        }
    }
}
