using System.Runtime.InteropServices;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A measure of how well units are told apart. A closed list.</summary>
public abstract class UnitMeasure
{
    private UnitMeasure(StudyTarget target) => Target = target;

    /// <summary>The mean squared error of the shrunken effects, link scale.</summary>
    public static UnitMeasure MeanSquaredError { get; } = new ErrorMeasure();

    /// <summary>The share of units whose 95 % interval, shrunken effect ± 1.96 errors, holds the true effect.</summary>
    public static UnitMeasure Coverage { get; } = new ShareMeasure(
        StudyTarget.UnitCoverage, (_, _) => true, unit => Math.Abs(unit.Effect - unit.Truth) <= unit.HalfWidth);

    /// <summary>Spearman's correlation of the shrunken effects with the true ones.</summary>
    public static UnitMeasure RankCorrelation { get; } = new RankMeasure();

    /// <summary>Of the units that are truly high, the share that is flagged: whose interval lies above 0.</summary>
    public static UnitMeasure Sensitivity { get; } = new ShareMeasure(
        StudyTarget.UnitSensitivity, (unit, beyond) => unit.Truth > beyond, IsFlagged);

    /// <summary>Of the units whose true effect is below 0, the share that is flagged as high.</summary>
    public static UnitMeasure FalseFlags { get; } = new ShareMeasure(StudyTarget.UnitFalseFlags, (unit, _) => unit.Truth < 0, IsFlagged);

    /// <summary>All by their words in study files, the default first.</summary>
    internal static IReadOnlyList<(string Name, UnitMeasure Measure)> Named { get; } =
    [
        ("mse", MeanSquaredError), ("coverage", Coverage), ("rank-correlation", RankCorrelation), ("sensitivity", Sensitivity),
        ("false-flags", FalseFlags),
    ];

    /// <summary>What it estimates.</summary>
    public StudyTarget Target { get; }

    /// <summary>The measure and its standard error over the units; not numbers where no unit counts.</summary>
    internal abstract (double Value, double Error) Of(ReadOnlySpan<Unit> units, double beyond);

    private static bool IsFlagged(Unit unit) => unit.Effect - unit.HalfWidth > 0;

    /// <summary>A unit.</summary>
    /// <param name="Truth">Its true effect, link scale.</param>
    /// <param name="Effect">The shrunken one.</param>
    /// <param name="HalfWidth">Half the width of its interval.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Unit(double Truth, double Effect, double HalfWidth);

    private sealed class ErrorMeasure() : UnitMeasure(StudyTarget.UnitMeanSquaredError)
    {
        internal override (double Value, double Error) Of(ReadOnlySpan<Unit> units, double beyond)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var unit in units)
            {
                var square = (unit.Effect - unit.Truth) * (unit.Effect - unit.Truth);
                sum += square;
                squares += square * square;
            }

            var mean = sum / units.Length;
            return (mean, Math.Sqrt(Math.Max(0, (squares / units.Length) - (mean * mean)) / (units.Length - 1)));
        }
    }

    private sealed class ShareMeasure(StudyTarget target, Func<Unit, double, bool> counts, Func<Unit, bool> succeeds) : UnitMeasure(target)
    {
        private readonly Func<Unit, double, bool> isCounted = counts;
        private readonly Func<Unit, bool> isSuccess = succeeds;

        internal override (double Value, double Error) Of(ReadOnlySpan<Unit> units, double beyond)
        {
            var (counted, successes) = (0, 0);
            foreach (var unit in units)
            {
                if (isCounted(unit, beyond))
                {
                    counted++;
                    successes += isSuccess(unit) ? 1 : 0;
                }
            }

            // An error above 0 where all or none succeed: half a unit more on either side.
            var smoothed = (successes + 0.5) / (counted + 1);
            return counted == 0
                ? (double.NaN, double.NaN)
                : (successes / (double)counted, Math.Sqrt(smoothed * (1 - smoothed) / counted));
        }
    }

    private sealed class RankMeasure() : UnitMeasure(StudyTarget.UnitRankCorrelation)
    {
        internal override (double Value, double Error) Of(ReadOnlySpan<Unit> units, double beyond)
        {
            var (truths, effects) = (new double[units.Length], new double[units.Length]);
            for (var c = 0; c < units.Length; c++)
            {
                (truths[c], effects[c]) = (units[c].Truth, units[c].Effect);
            }

            var (first, second) = (Ranks(truths), Ranks(effects));
            var mean = (units.Length - 1) / 2.0;
            var (cross, one, other) = (0.0, 0.0, 0.0);
            for (var c = 0; c < first.Length; c++)
            {
                cross += (first[c] - mean) * (second[c] - mean);
                one += (first[c] - mean) * (first[c] - mean);
                other += (second[c] - mean) * (second[c] - mean);
            }

            var r = cross / Math.Sqrt(one * other);
            return (r, Math.Max(1e-12, (1 - (r * r)) / Math.Sqrt(units.Length - 1)));
        }

        /// <summary>Ranks from 0, equal values their mean.</summary>
        private static double[] Ranks(double[] values)
        {
            var order = Enumerable.Range(0, values.Length).OrderBy(c => values[c]).ToArray();
            var ranks = new double[values.Length];
            for (var start = 0; start < order.Length;)
            {
                var end = start;
                while (end + 1 < order.Length && values[order[end + 1]].Equals(values[order[start]]))
                {
                    end++;
                }

                for (var place = start; place <= end; place++)
                {
                    ranks[order[place]] = (start + end) / 2.0;
                }

                start = end + 1;
            }

            return ranks;
        }
    }
}
