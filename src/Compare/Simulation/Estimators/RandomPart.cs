using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The random effects of a linear mixed model on a simulated trial. A closed list.</summary>
public abstract class RandomPart
{
    private RandomPart(string name) => Name = name;

    /// <summary>An intercept for each cluster: <c>(1 | cluster)</c>.</summary>
    public static RandomPart Intercept { get; } = new ClusterTerms("intercept", alsoPeriods: false, alsoSlopes: false);

    /// <summary>An intercept and an effect of the treatment for each cluster, correlated: <c>(treatment | cluster)</c>.</summary>
    public static RandomPart Treatment { get; } = new ClusterTerms("treatment", alsoPeriods: false, alsoSlopes: true);

    /// <summary>
    /// An intercept for each cluster and one for each of its periods: <c>(1 | cluster) + (1 | cluster:period)</c> (Hooper and others 2016).
    /// </summary>
    public static RandomPart Period { get; } = new ClusterTerms("period", alsoPeriods: true, alsoSlopes: false);

    /// <summary>None: rows that are correlated by their residuals alone.</summary>
    public static RandomPart None { get; } = new NoTerms();

    /// <summary>All by their words in study files.</summary>
    internal static IReadOnlyList<(string Name, RandomPart Part)> Named { get; } =
        [.. new[] { Intercept, Treatment, Period, None }.Select(part => (part.Name, part))];

    /// <summary>As study files write it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The terms for a replicate, coarsest grouping first.</summary>
    internal abstract IReadOnlyList<RandomTermDesign> Terms(Replicate replicate, int arm);

    private sealed class NoTerms() : RandomPart("none")
    {
        internal override IReadOnlyList<RandomTermDesign> Terms(Replicate replicate, int arm) => [];
    }

    private sealed class ClusterTerms(string name, bool alsoPeriods, bool alsoSlopes) : RandomPart(name)
    {
        private readonly bool byPeriod = alsoPeriods;
        private readonly bool bySlope = alsoSlopes;

        internal override IReadOnlyList<RandomTermDesign> Terms(Replicate replicate, int arm)
        {
            var frame = replicate.Frame;
            var groups = new int[frame.Rows];
            for (var c = 0; c < frame.Clusters.Count; c++)
            {
                groups.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c);
            }

            var ones = new double[frame.Rows];
            ones.AsSpan().Fill(1);
            var column = replicate.ColumnOf(arm);
            var clusters = new RandomTermDesign(
                frame.Clusters.Name,
                groups,
                frame.Clusters.Count,
                frame.Clusters.Label,
                bySlope ? [DesignMatrix.InterceptName, frame.Design.Names[column]] : [DesignMatrix.InterceptName],
                bySlope ? [.. ones, .. frame.Design.Column(column)] : ones,
                correlated: true);
            return byPeriod ? [clusters, Periods(replicate, ones)] : [clusters];
        }

        /// <summary>The periods of each cluster, in the order of the rows.</summary>
        private static RandomTermDesign Periods(Replicate replicate, double[] ones)
        {
            var (frame, trial) = (replicate.Frame, replicate.Mechanism);
            var groups = new int[frame.Rows];
            List<string> labels = [];
            for (var c = 0; c < frame.Clusters.Count; c++)
            {
                var known = new Dictionary<int, int>();
                for (var i = 0; i < frame.Clusters.Size(c); i++)
                {
                    var row = frame.Clusters.Start(c) + i;
                    var size = trial?.Size.Fixed ?? frame.Clusters.Size(c);
                    var period = trial?.Design.Period(frame.Waves[row], size) ?? frame.Waves[row];
                    if (!known.TryGetValue(period, out var group))
                    {
                        known.Add(period, group = labels.Count);
                        labels.Add(FormattableString.Invariant($"{frame.Clusters.Label(c)}:{period + 1}"));
                    }

                    groups[row] = group;
                }
            }

            return new RandomTermDesign(
                $"period:{frame.Clusters.Name}", groups, labels.Count, group => labels[group], [DesignMatrix.InterceptName], ones, true);
        }
    }
}
