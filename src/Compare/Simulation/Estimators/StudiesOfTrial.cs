using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The two arms of every cluster of a trial, each a study. Immutable.</summary>
internal sealed class StudiesOfTrial
{
    private const double Correction = 0.5;

    private readonly List<ArmSums> treated = [];
    private readonly List<ArmSums> controls = [];

    private StudiesOfTrial()
    {
    }

    /// <summary>Sums up the clusters that have persons in both arms.</summary>
    /// <param name="replicate">The trial.</param>
    /// <param name="arm">The arm compared with the first, counted from 1; persons of others are left out.</param>
    public static StudiesOfTrial Of(Replicate replicate, int arm)
    {
        replicate.ColumnOf(arm);
        var (frame, columns, studies) = (replicate.Frame, RandomizedArms.Columns(replicate), new StudiesOfTrial());
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (own, first) = (default(ArmSums), default(ArmSums));
            for (var row = frame.Clusters.Start(c); row < frame.Clusters.Start(c + 1); row++)
            {
                var code = 0;
                for (var k = 0; k < columns.Length; k++)
                {
                    code += frame.Design.Column(columns[k])[row] > 0 ? k + 1 : 0;
                }

                own = code == arm - 1 ? own.With(frame.Response[row]) : own;
                first = code == 0 ? first.With(frame.Response[row]) : first;
            }

            if (own.Count > 0 && first.Count > 0)
            {
                studies.treated.Add(own);
                studies.controls.Add(first);
            }
        }

        return studies.treated.Count >= 2
            ? studies
            : throw new InvalidOperationException("Fewer than two clusters have persons in both arms, so there are no studies to combine.");
    }

    /// <summary>Events and non-events, read as the command reads them.</summary>
    public StudyCounts Counts() => StudyCounts.Read(
        new Dataset("replicate", [
            Column("te", treated, sums => sums.Sum),
            Column("tn", treated, sums => sums.Count - sums.Sum),
            Column("ce", controls, sums => sums.Sum),
            Column("cn", controls, sums => sums.Count - sums.Sum),
        ]),
        ("te", "tn"),
        ("ce", "cn"),
        []);

    /// <summary>Differences of means; studies with one person in an arm, whose variance is not known, are left out.</summary>
    public StudyEffects Means() => Effects(
        StudyMeasure.MeanDifference, (own, first) => StudyMeasure.MeanDifference.Of(own.Summary, first.Summary));

    /// <summary>Log ratios of rates a person; half an event is added to both arms where one has none.</summary>
    public StudyEffects Rates() => Effects(StudyMeasure.RateRatio, (own, first) =>
    {
        var added = own.Sum == 0 || first.Sum == 0 ? Correction : 0;
        return StudyMeasure.RateRatio.Of(new ArmRate(own.Sum + added, own.Count), new ArmRate(first.Sum + added, first.Count));
    });

    private StudyEffects Effects(StudyMeasure measure, Func<ArmSums, ArmSums, Effect> of)
    {
        Effect[] effects = [.. treated.Select((sums, i) => of(sums, controls[i])).Where(effect => effect.IsUsable)];
        return new StudyEffects(
            [.. Enumerable.Range(1, effects.Length).Select(study => $"{study}")],
            [.. effects.Select(effect => effect.Estimate)],
            [.. effects.Select(effect => effect.Variance)],
            measure);
    }

    private static NumericColumn Column(string name, List<ArmSums> arms, Func<ArmSums, double> value) => new(name, [.. arms.Select(value)]);

    /// <summary>Count, sum and squared deviations of one arm, gathered row by row.</summary>
    private readonly record struct ArmSums(int Count, double Sum, double Mean, double Squares)
    {
        public ArmSummary Summary => new(Mean, Math.Sqrt(Squares / (Count - 1)), Count);

        public ArmSums With(double outcome)
        {
            var mean = Mean + ((outcome - Mean) / (Count + 1));
            return new ArmSums(Count + 1, Sum + outcome, mean, Squares + ((outcome - Mean) * (outcome - mean)));
        }
    }
}
