using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>What holds of every engine's evaluations: the number of threads changes no bit, and nothing is allocated.</summary>
public sealed class EvaluationTests
{
    /// <summary>
    /// Groups at each level, effects of the coarsest, and nodes: one level in
    /// one and two dimensions, nested quadrature, three levels by Laplace.
    /// </summary>
    public static TheoryData<int[], int, int> Engines => new()
    {
        { [700], 1, 9 }, { [700], 2, 5 }, { [120, 6], 1, 5 }, { [60, 4, 3], 1, 1 }, { [60, 4, 3], 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_number_of_threads_changes_no_bit(int[] groups, int effects, int nodes)
    {
        var (one, gradientOfOne) = Evaluate(groups, effects, nodes, Family.Binomial, 1);
        var (three, gradientOfThree) = Evaluate(groups, effects, nodes, Family.Binomial, 3);
        Assert.Equal(one, three);
        Assert.Equal(gradientOfOne, gradientOfThree);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_evaluation_allocates_nothing(int[] groups, int effects, int nodes)
    {
        Assert.Equal(0, Allocated(groups, effects, nodes, Family.Binomial));
        Assert.Equal(0, Allocated(groups, effects, nodes, Family.NegativeBinomial(2)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_group_without_weight_says_nothing(int[] groups, int effects, int nodes)
    {
        int[] few = [.. groups.Select(count => Math.Min(count, 5))];
        var frame = SyntheticFrames.Make(43, Family.Binomial, few, effects: effects);
        var weights = Enumerable.Range(0, frame.Rows).Select(i => frame.RandomTerms[0].Groups[i] == 2 ? 0.0 : 1).ToArray();
        var silent = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
            Weights = weights,
        };
        var model = new PreparedModel(silent, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        var likelihood = model.Open(nodes);
        var m = model.Map.ParameterCount;
        var parameters = Enumerable.Range(0, m).Select(j => 0.4 + (0.2 * Math.Sin(j))).ToArray();
        var scores = new double[likelihood.Clusters * m];
        likelihood.ClusterScores(parameters, scores);
        Assert.All(scores[(2 * m)..(3 * m)], score => Assert.Equal(0, score, 1e-12));
        Assert.Contains(scores[..m], score => Math.Abs(score) > 1e-3);
        Assert.Equal(0, likelihood.Posterior(parameters)[0].Modes[2 * effects]);

        var gradient = new double[m];
        likelihood.Evaluate(parameters, EvaluationNeeds.Gradient, gradient, []);
        for (var j = 0; j < m; j++)
        {
            Assert.Equal(Enumerable.Range(0, likelihood.Clusters).Sum(c => scores[(c * m) + j]), gradient[j], 1e-9);
        }
    }

    private static (double Value, double[] Gradient) Evaluate(int[] groups, int effects, int nodes, Family family, int threads)
    {
        var (likelihood, parameters) = Likelihood(groups, effects, nodes, family, threads);
        var gradient = new double[parameters.Length];
        return (likelihood.Evaluate(parameters, EvaluationNeeds.Gradient, gradient, []), gradient);
    }

    private static long Allocated(int[] groups, int effects, int nodes, Family family)
    {
        var (likelihood, parameters) = Likelihood(groups, effects, nodes, family, 1);
        var gradient = new double[parameters.Length];
        var information = new double[parameters.Length * parameters.Length];
        var needs = likelihood.HasInformation ? EvaluationNeeds.Information : EvaluationNeeds.Gradient;
        likelihood.Evaluate(parameters, needs, gradient, information);
        var least = long.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            // A collection of garbage may have emptied the pool that lends buffers: once, not each time.
            parameters[0] += 0.01;
            var before = GC.GetAllocatedBytesForCurrentThread();
            likelihood.Evaluate(parameters, needs, gradient, information);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static (MarginalLikelihood Likelihood, double[] Parameters) Likelihood(
        int[] groups,
        int effects,
        int nodes,
        Family family,
        int threads)
    {
        var frame = SyntheticFrames.Make(41, family, groups, effects: effects);
        var model = new PreparedModel(frame, new GlmmOptions { Family = family, Threads = threads });
        return (model.Open(nodes), [.. Enumerable.Range(0, model.Map.ParameterCount).Select(j => 0.4 + (0.2 * Math.Sin(j)))]);
    }
}
