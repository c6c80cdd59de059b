using System.Globalization;
using System.Text;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Arms;

/// <summary>
/// A made trial by cluster with three arms and two sexes, and its standardized means the slow way: refits and plain sums.
/// </summary>
internal sealed class ArmTrial
{
    public const int Clusters = 15;

    private const string Formula = "y ~ arm + x + sex + (1 | id)";
    private static readonly string[] Arms = ["A", "B", "C"];
    private readonly List<(int Cluster, int Arm, double X, string Sex, int Y)> rows = [];

    public ArmTrial()
    {
        var random = new RandomStream(20, 5, 1);
        for (var c = 0; c < Clusters; c++)
        {
            var effect = 0.8 * random.NextNormal();
            for (var i = 0; i < 6 + (c % 5); i++)
            {
                // The last cluster has one sex only.
                var (x, sex) = (random.NextNormal(), c == Clusters - 1 || random.NextBernoulli(0.5) == 1 ? "f" : "m");
                var eta = -0.4 + (0.5 * (c % 3)) + (0.6 * x) + (sex == "m" ? 0.7 * (c % 3) : 0.2) + effect;
                rows.Add((c, c % 3, x, sex, random.NextBernoulli(1 / (1 + Math.Exp(-eta))) == 1 ? 1 : 0));
            }
        }
    }

    /// <summary>The comparison with refitted standard errors.</summary>
    public ModelComparison Compare(StandardizedErrors errors, string? by = null) => ModelComparer.Compare(
        Frame(-1, by), Options(errors, by));

    private static ComparisonOptions Options(StandardizedErrors errors, string? by) => new()
    {
        Treatment = "arm",
        By = by,
        CheckReasons = false,
        MarginalLikelihood = false,
        StandardizedErrors = errors,
        Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 25 },
    };

    /// <summary>A function of the arms' means among those of a sex, with its type 1 jackknife error by refits of the GLMM.</summary>
    public (double Estimate, double Error) Jackknife(Func<Func<string?, double[]>, double> function, ClusterWeighting weighting)
    {
        var estimate = Value(-1);
        double[] without = [.. Enumerable.Range(0, Clusters).Select(Value)];
        var mean = without.Average();
        return (estimate, Math.Sqrt((Clusters - 1.0) / Clusters * without.Sum(value => (value - mean) * (value - mean))));

        double Value(int left)
        {
            var fit = GlmmFitter.Fit(Frame(left, null), new GlmmOptions { Family = Family.Binomial, Nodes = 25 });
            return function(sex => Means(fit, left, sex, weighting));
        }
    }

    /// <summary>The means whatever the model: predictions averaged over the rows, and the arm's own mean residual.</summary>
    private double[] Means(GlmmFit fit, int left, string? sex, ClusterWeighting weighting)
    {
        var beta = fit.Coefficients.ToArray();
        var sigma = fit.RandomEffects[0].StandardDeviations[0];
        var population = rows.Where(row => row.Cluster != left && (sex is null || row.Sex == sex)).ToList();
        var sizes = population.GroupBy(row => row.Cluster).ToDictionary(group => group.Key, group => group.Count());
        return [.. Enumerable.Range(0, 3).Select(arm =>
        {
            double mean = 0, total = 0, residual = 0, given = 0;
            foreach (var row in population)
            {
                var share = weighting == ClusterWeighting.Cluster ? 1.0 / sizes[row.Cluster] : 1;
                var eta = beta[0] + (arm > 0 ? beta[arm] : 0) + (beta[3] * row.X) + (row.Sex == "m" ? beta[4] : 0);
                var predicted = Averaged(eta, sigma);
                mean += share * predicted;
                total += share;
                residual += row.Arm == arm ? share * (row.Y - predicted) : 0;
                given += row.Arm == arm ? share : 0;
            }

            return (mean / total) + (residual / given);
        })];
    }

    private static double Averaged(double eta, double sigma)
    {
        double sum = 0, weights = 0;
        for (var z = -8.0; z <= 8; z += 0.05)
        {
            var weight = Math.Exp(-z * z / 2);
            sum += weight / (1 + Math.Exp(-(eta + (sigma * z))));
            weights += weight;
        }

        return sum / weights;
    }

    private ModelFrame Frame(int left, string? by)
    {
        var lines = rows.Where(row => row.Cluster != left).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Cluster},{Arms[row.Arm]},{row.X:R},{row.Sex},{row.Y}")).Prepend("id,arm,x,sex,y");
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse(Formula),
            Cluster = "id",
            AuxiliaryGroupings = by is null ? [] : [by],
        };
        var text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        return ModelFrameBuilder.Build(
            DatasetReader.Read("trial.csv", text, new DatasetReaderOptions { Columns = request.Columns }), request);
    }
}
