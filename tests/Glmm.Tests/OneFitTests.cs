using System.Reflection;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests;

/// <summary>A fit is a value: who asks, when, and what was asked before change no bit of an answer.</summary>
public sealed class OneFitTests
{
    private static readonly Dictionary<string, Lazy<GlmmFit>> Fits = new(StringComparer.Ordinal)
    {
        ["one level"] = new(() => Fit(SyntheticFrames.Make(11, Family.Binomial, [40], size: 6, deviation: 1.3), Family.Binomial, 9)),
        ["slopes"] = new(() => Fit(ReferenceCase.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), Family.Gaussian, 3)),
        ["nested"] = new(() => Fit(SyntheticFrames.Make(9, Family.Binomial, [15, 3], size: 5, deviation: 1.2), Family.Binomial, 5)),
        ["Laplace"] = new(() => Fit(SyntheticFrames.Make(9, Family.Poisson, [15, 3], size: 5, deviation: 0.8), Family.Poisson, 1)),
    };

    [Theory]
    [InlineData("one level")]
    [InlineData("slopes")]
    [InlineData("nested")]
    [InlineData("Laplace")]
    public void A_fit_answers_many_threads_with_the_bits_of_one(string name)
    {
        var fit = Fits[name].Value;
        var questions = Questions(fit);
        double[][] alone = [.. questions.Select(question => question())];
        var together = new double[4 * questions.Length][];
        Parallel.For(
            0,
            together.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            k => together[k] = questions[k % questions.Length]());
        for (var k = 0; k < together.Length; k++)
        {
            Assert.Equal(alone[k % questions.Length], together[k]);
        }
    }

    [Theory]
    [InlineData("one level")]
    [InlineData("slopes")]
    [InlineData("nested")]
    [InlineData("Laplace")]
    public void The_order_of_questions_changes_no_bit(string name)
    {
        var fit = Fits[name].Value;
        var questions = Questions(fit);
        double[][] forwards = [.. questions.Select(question => question())];
        double[][] backwards = [.. questions.Reverse().Select(question => question()).Reverse()];
        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void Nothing_that_a_fit_holds_can_change()
    {
        var open = new Stack<Type>([typeof(GlmmFit)]);
        var seen = new HashSet<Type>();
        while (open.TryPop(out var type))
        {
            type = type.IsArray ? type.GetElementType()! : type;
            if (!seen.Add(type)
                || type.IsEnum
                || type.Assembly.GetName().Name?.StartsWith("MarginalConditional", StringComparison.Ordinal) != true)
            {
                Assert.False(
                    type.Name.StartsWith("Dictionary", StringComparison.Ordinal) || type.Name.StartsWith("Lazy", StringComparison.Ordinal),
                    type.Name);
                Array.ForEach(type.GetGenericArguments(), open.Push);
                continue;
            }

            for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
            {
                foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly))
                {
                    Assert.True(field.IsInitOnly, $"{at.Name}.{field.Name} can be set.");
                    open.Push(field.FieldType);
                }
            }
        }

        Assert.Contains(typeof(PreparedModel), seen);
        Assert.DoesNotContain(typeof(MarginalLikelihood), seen);
        Assert.DoesNotContain(typeof(NewtonMaximizer), seen);
    }

    private static GlmmFit Fit(ModelFrame frame, Family family, int nodes) =>
        GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Nodes = nodes, CheckNodes = false, Threads = 1 });

    // Everything that can be asked of a fit, as numbers.
    private static Func<double[]>[] Questions(GlmmFit fit)
    {
        var questions = new List<Func<double[]>>
        {
            () => [.. Enumerable.Range(0, fit.Coefficients.Length).SelectMany(j => Numbers(GlmmProfiles.OfCoefficient(fit, j)))],
            () => Numbers(GlmmProfiles.OfContrast(fit, [.. Enumerable.Repeat(1.0, fit.Coefficients.Length)])),
            () => [.. GlmmProfiles.OfVariances(fit).SelectMany(Numbers)],
            () => GlmmProfiles.OfDispersion(fit) is { } dispersion ? Numbers(dispersion) : [],
            () => [.. VarianceTest.Of(fit).SelectMany(test => new[] { test.Statistic, test.PValue })],
            () => [.. PosteriorMoments.Of(fit).SelectMany(term => (double[])[.. term.Modes, .. term.ModeStandardErrors])],
            () => [.. GlmmPrediction.Of(fit).SelectMany(row => new[]
            {
                row.Predictor,
                row.PredictorError,
                row.Mean,
                row.Marginal,
                row.MarginalError,
                row.MarginalLower,
            })],
            () => RobustCovariance.Of(fit),
            () => GlmmSimulator.Draw(fit, new RandomStream(3, 0, 0)),
            () => Replicates(ParametricBootstrap.Run(fit, 3, seed: 5, threads: 1)),
        };
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var term = t;
            for (var a = 0; a < fit.RandomEffects[term].Dimension; a++)
            {
                var effect = a;
                questions.Add(() => Numbers(GlmmProfiles.OfStandardDeviation(fit, term, effect)));
            }

            if (fit.RandomEffects[term].Dimension > 1)
            {
                questions.Add(() => Numbers(GlmmProfiles.OfCorrelation(fit, term, 0, 1)));
                questions.Add(() => Numbers(GlmmProfiles.OfCorrelation(fit, term, 1, 0)));
            }
        }

        return [.. questions];
    }

    private static double[] Numbers(ProfileInterval interval) => [interval.Estimate, interval.Lower, interval.Upper];

    private static double[] Replicates(ParametricBootstrap bootstrap) =>
        [.. Enumerable.Range(0, bootstrap.Converged).SelectMany(replicate => bootstrap.Replicate(replicate).ToArray())];
}
