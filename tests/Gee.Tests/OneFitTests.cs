using System.Reflection;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests;

/// <summary>A fit is a value: who asks, when, and what was asked before change no bit of an answer.</summary>
public class OneFitTests
{
    public static TheoryData<string> Structures =>
        ["independence", "exchangeable", "ar1", "unstructured", "toeplitz", "decay", "nested", "block", "repaired"];

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_fit_answers_many_threads_with_the_bits_of_one(string structure)
    {
        var questions = Questions(Fit(structure));
        double[][] alone = [.. questions.Select(question => question())];
        var together = new double[4 * questions.Count][];
        Parallel.For(
            0,
            together.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            k => together[k] = questions[k % questions.Count]());
        for (var k = 0; k < together.Length; k++)
        {
            Assert.Equal(alone[k % questions.Count], together[k]);
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void The_order_of_questions_changes_no_bit(string structure)
    {
        double[][] forwards = [.. Questions(Fit(structure)).Select(question => question())];
        double[][] backwards = [.. Enumerable.Reverse(Questions(Fit(structure))).Select(question => question()).Reverse()];
        Assert.Equal(forwards, backwards);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void The_informations_of_clusters_asked_later_add_up_to_that_of_the_fit(string structure)
    {
        var fit = Fit(structure);
        var p = fit.Coefficients.Length;
        var informations = fit.ClusterInformations();
        for (var j = 0; j < p * p; j++)
        {
            var sum = Enumerable.Range(0, fit.Frame.Clusters.Count).Sum(i => informations[(i * p * p) + j]);
            Assert.Equal(fit.Information[j], sum, 1e-10 * Math.Abs(sum));
        }
    }

    [Fact]
    public void No_field_of_a_fit_can_be_written_to()
    {
        foreach (var type in new[]
        {
            typeof(GeeFit),
            typeof(GeeInference),
            typeof(DropoutFit),
            typeof(AssociationFit),
            typeof(ClusterDeletion),
        })
        {
            Walk(type, []);
        }
    }

    private static void Walk(Type type, HashSet<Type> seen)
    {
        if (type.Namespace is not { } home || !home.StartsWith("MarginalConditional.Gee", StringComparison.Ordinal) || !seen.Add(type))
        {
            return;
        }

        Assert.False(typeof(CorrelationKernel).IsAssignableFrom(type), $"A fit holds {type}, which has state.");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Assert.True(field.IsInitOnly, $"{type}.{field.Name} can be written to.");
            Walk(field.FieldType, seen);
        }
    }

    private static GeeFit Fit(string structure)
    {
        var sample = ClusteredSample.Create(51, Family.Binomial, weighted: true, clusters: 20);
        double[] improper = [1, .9, 0, 0, 0, .9, 1, .9, 0, 0, 0, .9, 1, .9, 0, 0, 0, .9, 1, .9, 0, 0, 0, .9, 1];
        var correlation = structure switch
        {
            "independence" => WorkingCorrelation.Independence,
            "exchangeable" => WorkingCorrelation.Exchangeable,
            "ar1" => WorkingCorrelation.Ar1,
            "unstructured" => WorkingCorrelation.Unstructured,
            "toeplitz" => WorkingCorrelation.Toeplitz,
            "decay" => WorkingCorrelation.Decay,
            "nested" => WorkingCorrelation.Nested("group"),
            "block" => WorkingCorrelation.BlockExchangeable("group"),
            _ => WorkingCorrelation.Fixed(improper),
        };
        var fit = GeeFitter.Fit(
            sample.Frame,
            sample.Options(correlation, MomentConvention.Geepack) with { RepairCorrelation = true, Threads = 2 });
        Assert.True(fit.Convergence.Converged);
        return fit;
    }

    // Everything that can be asked of a fit, as numbers.
    private static List<Func<double[]>> Questions(GeeFit fit)
    {
        var questions = new List<Func<double[]>>
        {
            fit.ClusterInformations,
            fit.FittedMeans,
            () => [.. TermTest.Of(GeeInference.Of(fit)).Select(test => test.Wald.Statistic)],
            () => [.. Prediction.For(GeeInference.Of(fit))
                .SelectMany(row => new[] { row.Predictor, row.PredictorError, row.Mean, row.MeanError, row.Lower, row.Upper })],
            () => [ScoreTest.Of(fit, [new Contrast("x", [0, 0, 1])]).Statistic],
            () => InformationCriteria.Of(fit) is var criteria ? [criteria.Quasilikelihood, criteria.Qic, criteria.Qicu, criteria.Cic] : [],
            () => Residuals.Raw(fit),
            () => Residuals.Pearson(fit),
            () => Numbers(ClusterDeletion.OneStep(fit)),
            () => Numbers(ClusterDeletion.Refitted(fit)),
        };
        foreach (var variance in GeeVariance.All.Append(GeeVariance.JackknifeFull))
        {
            questions.Add(() => GeeInference.Of(fit, variance).Covariance.ToArray());
            questions.Add(() => GeeInference.Of(fit).With(variance).StandardErrors());
            questions.Add(() => GeeInference.Of(fit, variance).ClusterInfluences());
        }

        foreach (var reference in GeeDegreesOfFreedom.All)
        {
            questions.Add(() => GeeInference.Of(fit, degreesOfFreedom: reference).DegreesOfFreedom() ?? []);
            questions.Add(() => [.. GeeInference.Of(fit, GeeVariance.ManclDeRouen, reference)
                .CoefficientTable()
                .SelectMany(row => new[] { row.Lower, row.PValue })]);
            questions.Add(() => [GeeInference.Of(fit, degreesOfFreedom: reference).Test(new Contrast("sum", [0, 1, 1])).Upper]);
        }

        return questions;
    }

    private static double[] Numbers(ClusterDeletion deletion) =>
        [.. deletion.Leverages, .. deletion.Distances.Values, .. deletion.Changes];
}
