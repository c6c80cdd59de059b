using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Informative;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>Small made trials with something wrong in them, one kind of wrong a method, and with nothing.</summary>
internal static class VerdictTrials
{
    private const ulong Seed = 20261126;

    /// <summary>The treatment works in large clusters only.</summary>
    public static ModelComparison InformativeSize(ulong replicate) => Compare(
        new InformativeTrial { Clusters = 50, SmallSize = 4, LargeSize = 12, Effect = -0.6, Surplus = 2.4, Spread = 0.4 }
            .Draw(new RandomStream(Seed, 1, replicate), "y ~ arm + (1 | id)"));

    /// <summary>The treatment makes clusters differ.</summary>
    public static ModelComparison SpreadByArm(ulong replicate) => Compare(
        new InformativeTrial { Clusters = 60, SmallSize = 8, LargeSize = 8, Effect = 0.5, Spread = 0.2, TreatedSpread = 2 }
            .Draw(new RandomStream(Seed, 2, replicate), "y ~ arm + (1 | id)"),
        marginalLikelihood: true);

    /// <summary>Persons with an event at a visit tend not to come again.</summary>
    public static ModelComparison Dropout(ulong replicate) => Compare(Visits(3, replicate, persons: 80, afterEvent: 0.6, otherwise: 0.1));

    /// <summary>Nobody who is treated has an event.</summary>
    public static ModelComparison Separated(ulong replicate) => Compare(
        new InformativeTrial { Clusters = 16, SmallSize = 3, LargeSize = 6, Effect = -40, Spread = 0.5 }
            .Draw(new RandomStream(Seed, 4, replicate), "y ~ arm + (1 | id)"));

    /// <summary>A covariate acts between clusters in another way than within them, which the model does not know.</summary>
    public static ModelComparison WithinBetween(ulong replicate)
    {
        var random = new RandomStream(Seed, 5, replicate);
        var rows = new List<double[]>();
        for (var cluster = 0; cluster < 60; cluster++)
        {
            var (level, effect) = (random.NextNormal(), 0.4 * random.NextNormal());
            for (var i = 0; i < 6; i++)
            {
                var x = level + random.NextNormal();
                var eta = -0.2 + (0.5 * (cluster % 2)) - (0.8 * (x - level)) + (1.2 * level) + effect;
                rows.Add([cluster, i, cluster % 2, x, random.NextBernoulli(1 / (1 + Math.Exp(-eta)))]);
            }
        }

        return Compare(Frame(rows, "y ~ arm + x + (1 | id)"));
    }

    /// <summary>The mixed model was stopped on its way.</summary>
    public static ModelComparison Unfinished(ulong replicate) => Compare(
        new InformativeTrial { Clusters = 30, SmallSize = 8, LargeSize = 12, Effect = 0.5, Slope = 1.5, Spread = 2 }
            .Draw(new RandomStream(Seed, 6, replicate), "y ~ arm + x + (1 | id)"),
        glmmIterations: 1);

    /// <summary>The model holds: a covariate that varies in both ways, sizes and dropout by chance alone.</summary>
    public static ModelComparison Clean(ulong replicate) => Compare(
        Visits(7, replicate, persons: 40, afterEvent: 0.15, otherwise: 0.15),
        marginalLikelihood: true);

    /// <summary>Up to six visits of persons who are treated alternately; who leaves may depend on the outcome last seen.</summary>
    private static ModelFrame Visits(ulong kind, ulong replicate, int persons, double afterEvent, double otherwise)
    {
        var random = new RandomStream(Seed, kind, replicate);
        var rows = new List<double[]>();
        for (var person = 0; person < persons; person++)
        {
            var effect = random.NextNormal();
            var level = 0.5 * random.NextNormal();
            for (var visit = 0; visit < 6; visit++)
            {
                var x = level + random.NextNormal();
                var eta = -0.3 + (0.6 * (person % 2)) + (0.4 * x) + effect;
                var y = random.NextBernoulli(1 / (1 + Math.Exp(-eta)));
                rows.Add([person, visit, person % 2, x, y]);
                if (random.NextUniform() < (y > 0 ? afterEvent : otherwise))
                {
                    break;
                }
            }
        }

        return Frame(rows, "y ~ arm + x + (1 | id)", "visit");
    }

    private static ModelFrame Frame(List<double[]> rows, string formula, string? wave = null)
    {
        string[] names = ["id", "visit", "arm", "x", "y"];
        var data = new Dataset("trial", [.. names.Select((name, j) => new NumericColumn(name, [.. rows.Select(row => row[j])]))]);
        return ModelFrameBuilder.Build(
            data, new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id", Wave = wave });
    }

    private static ModelComparison Compare(ModelFrame frame, bool marginalLikelihood = false, int glmmIterations = 100) =>
        ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            MarginalLikelihood = marginalLikelihood,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable, Threads = 1 },
            Glmm = new GlmmOptions
            {
                Family = Family.Binomial,
                Nodes = 5,
                Threads = 1,
                CheckNodes = false,
                MaximumIterations = glmmIterations,
            },
            Permutations = 199,
            StandardizedErrors = StandardizedErrors.Closed,
        });
}
