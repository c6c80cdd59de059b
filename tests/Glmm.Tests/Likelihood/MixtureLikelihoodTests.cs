using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
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

    private static ModelFrame Frame(string formula) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "mixtures.csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula) });

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

    private static void Compare(ModelFrame frame, GlmmOptions options)
    {
        var model = new PreparedModel(frame, options);
        var likelihood = model.Open(options.Nodes);
        var point = new double[model.Map.ParameterCount];
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = -0.2 + (0.5 * Math.Sin(1 + (5.3 * j)));
        }

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
