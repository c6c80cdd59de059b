using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>Likelihoods of mixtures are fine sums over the effects with every constant, and their gradients are differences.</summary>
public sealed class MixtureLikelihoodTests
{
    [Theory]
    [InlineData("logit", "(1 | g)", 1)]
    [InlineData("logit", "(1 | g)", 6)]
    [InlineData("probit", "(x | g)", 4)]
    [InlineData("cloglog", "(1 | arm/g)", 3)]
    [InlineData("logit", "(1 | arm/g)", 1)]
    [InlineData("logit", "(1 | g) + (1 | item)", 1)]
    public void Gradients_of_beta_binomial_likelihoods_are_differences(string link, string effects, int nodes)
    {
        Assert.True(Link.TryParse(link, out var function));
        Compare(
            Frame($"events / trials ~ arm + x + {effects}"),
            new GlmmOptions { Family = Family.Binomial, BetaBinomial = true, Link = function, Nodes = nodes, Threads = 1 });
    }

    [Fact]
    public void A_beta_binomial_likelihood_is_a_fine_sum()
    {
        var frame = Frame("events / trials ~ arm + x + (1 | g)");
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, BetaBinomial = true, Threads = 1 });
        double[] beta = [-0.3, 0.5, 0.4];
        const double Sigma = 0.8;
        const double Phi = 0.2;
        Assert.Equal(
            FineSum(frame, beta, Sigma, (row, eta) => BetaBinomial(frame.Response[row], frame.Trials[row], eta, Phi)),
            model.Open(25).Evaluate(Scaled(model, beta, Sigma, Math.Log(Phi)), EvaluationNeeds.Value, [], []),
            1e-7);
    }

    [Theory]
    [InlineData("poisson", "log", "(1 | g)", "1", 1)]
    [InlineData("poisson", "log", "(1 | g)", "x", 6)]
    [InlineData("poisson", "sqrt", "(1 | g)", "x", 4)]
    [InlineData("poisson", "log", "(x | g)", "x + arm", 3)]
    [InlineData("poisson", "log", "(1 | arm/g)", "x", 1)]
    [InlineData("poisson", "log", "(1 | arm/g)", "0 + arm", 3)]
    [InlineData("poisson", "log", "(1 | g) + (1 | item)", "x", 1)]
    [InlineData("negative-binomial(1)", "log", "(1 | g)", "x", 1)]
    [InlineData("negative-binomial(1)", "identity", "(1 | g)", "1", 4)]
    [InlineData("negative-binomial(1)", "log", "(1 | arm/g)", "x", 3)]
    [InlineData("negative-binomial(1)", "log", "(1 | g) + (1 | item)", "x + arm", 1)]
    public void Gradients_of_likelihoods_with_excess_zeros_are_differences(
        string family, string link, string effects, string inflation, int nodes)
    {
        Assert.True(Family.TryParse(family, out var distribution));
        Assert.True(Link.TryParse(link, out var function));
        foreach (var adaptive in effects.Contains('+', StringComparison.Ordinal) ? new[] { true } : [true, false])
        {
            Compare(
                Frame($"number ~ arm + x + {effects}", inflation),
                new GlmmOptions
                {
                    Family = distribution,
                    Link = function,
                    ZeroInflation = true,
                    Nodes = nodes,
                    Adaptive = adaptive,
                    Threads = 1,
                },
                level: link == "log" ? 0 : 4);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_likelihood_with_excess_zeros_is_a_fine_sum(bool negative)
    {
        var frame = Frame("number ~ arm + x + (1 | g)", "x");
        var model = new PreparedModel(
            frame,
            new GlmmOptions { Family = negative ? Family.NegativeBinomial(1) : Family.Poisson, ZeroInflation = true, Threads = 1 });
        double[] beta = [0.8, 0.5, 0.4];
        const double Sigma = 0.6;
        const double Phi = 0.3;
        var family = negative ? Family.NegativeBinomial(1 / Phi) : Family.Poisson;
        var scaling = new ColumnScaling(frame.Inflation!);
        double[] gamma = [-0.5, 0.7];
        var inflation = new double[2];
        scaling.FromData(gamma, inflation);
        var expected = FineSum(frame, beta, Sigma, (row, eta) =>
        {
            var odds = Math.Exp(gamma[0] + (gamma[1] * frame.Inflation!.Column(1)[row]));
            var density = Math.Exp(family.LogDensity(frame.Response[row], Math.Exp(eta), 1, 1));
            return Math.Log(((frame.Response[row] == 0 ? odds : 0) + density) / (1 + odds));
        });
        double[] rest = [.. inflation, .. negative ? [Math.Log(Phi)] : Array.Empty<double>()];
        Assert.Equal(
            expected, model.Open(100).Evaluate(Scaled(model, beta, Sigma, rest), EvaluationNeeds.Value, [], []), 1e-6);
    }

    private static ModelFrame Frame(string formula, string? inflation = null) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "mixtures.csv")),
        new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Inflation = inflation is null ? null : FormulaParser.Parse($"number ~ {inflation}"),
        });

    private static double[] Scaled(PreparedModel model, double[] beta, double sigma, params double[] rest)
    {
        double[] scaled = [.. beta, sigma * model.Levels[0].Scales[0], .. rest];
        model.Scaling.FromData(beta, scaled.AsSpan(0, beta.Length));
        return scaled;
    }

    private static double FineSum(ModelFrame frame, double[] beta, double sigma, Func<int, double, double> density)
    {
        const double Step = 0.02;
        var (total, groups) = (0.0, frame.RandomTerms[0]);
        for (var g = 0; g < groups.GroupCount; g++)
        {
            var rows = Enumerable.Range(0, frame.Rows).Where(row => groups.Groups[row] == g).ToArray();
            var sum = 0.0;
            for (var z = -9.0; z <= 9; z += Step)
            {
                var product = rows.Sum(row => density(
                    row, (sigma * z) + Enumerable.Range(0, beta.Length).Sum(j => beta[j] * frame.Design.Column(j)[row])));
                sum += Step * Math.Exp(product - (z * z / 2)) / Math.Sqrt(2 * Math.PI);
            }

            total += Math.Log(sum);
        }

        return total;
    }

    private static double BetaBinomial(double response, double trials, double eta, double phi)
    {
        var mean = 1 / (1 + Math.Exp(-eta));
        var (a, b, y) = (mean / phi, (1 - mean) / phi, Math.Round(response * trials));
        return SpecialFunctions.GammaLn(trials + 1) - SpecialFunctions.GammaLn(y + 1) - SpecialFunctions.GammaLn(trials - y + 1)
            + SpecialFunctions.GammaLn(y + a) + SpecialFunctions.GammaLn(trials - y + b) - SpecialFunctions.GammaLn(trials + a + b)
            + SpecialFunctions.GammaLn(a + b) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b);
    }

    private static void Compare(ModelFrame frame, GlmmOptions options, double level = 0)
    {
        var model = new PreparedModel(frame, options);
        var likelihood = model.Open(options.Nodes);
        var point = new double[model.Map.ParameterCount];
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = -0.2 + (0.5 * Math.Sin(1 + (5.3 * j)));
        }

        point[0] += level;
        var gradient = new double[point.Length];
        likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
        var scale = 1 + gradient.Max(Math.Abs);
        for (var j = 0; j < point.Length; j++)
        {
            const double Step = 1e-3;
            var parameter = j;
            var difference = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Assert.True(Math.Abs(difference - gradient[j]) <= 1e-6 * scale, $"{j}: exact {gradient[j]:R}, differences {difference:R}");

            double At(double h)
            {
                var moved = (double[])point.Clone();
                moved[parameter] += h;
                return likelihood.Evaluate(moved, EvaluationNeeds.Value, [], []);
            }
        }
    }
}
