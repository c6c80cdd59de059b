using System.Globalization;
using System.Text;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary>
/// <see cref="ScoredClusters"/>: sandwiches over clusters that contain the random effects' groups, against the sum over all pairs of groups
/// that share a cluster (Cameron, Gelbach and Miller 2011, equation 2.8).
/// </summary>
public sealed class ScoredClustersTests
{
    /// <summary>192 people of 12 towns and 8 trades, 4 outcomes each; two items cross the people within town and trade.</summary>
    private static readonly string Data = Rows();

    [Theory]
    [InlineData("y ~ x + (1 | id)", 5)]
    [InlineData("y ~ x + (1 | cell) + (1 | id)", 1)]
    [InlineData("y ~ x + (1 | id) + (1 | item)", 1)]
    public void Both_ways_add_up_the_pairs_that_share_a_cluster(string formula, int nodes)
    {
        var fit = Fit(formula, ["town", "trade"], nodes);
        var inference = GlmmInference.Of(fit, ["town", "trade"]);
        Assert.Equal((12, 8), (inference.Ways!.FirstClusters, inference.Ways.SecondClusters));

        // Where eigenvalues were negative, what is left of them is the other type's affair.
        Close(inference.Ways.IsRepaired ? Repaired(fit) : Pairs(fit, "town", "trade"), inference.JointCovariance.ToArray());
        Close(Pairs(fit, "town", "town"), GlmmInference.Of(fit, ["town"]).JointCovariance.ToArray());
        Close(
            GlmmInference.Of(fit, ["town"]).JointCovariance.ToArray(), GlmmInference.Of(fit, ["town", "cell"]).JointCovariance.ToArray());
    }

    [Fact]
    public void Groups_in_several_clusters_are_refused_by_name()
    {
        var frame = Frame("y ~ x + (1 | id) + (1 | round)", ["town", "trade"]);
        var refused = Assert.Throws<InputException>(() => GlmmInference.RequireContained(frame, ["town", "trade"]));
        Assert.Contains("values of round lie in several values of town", refused.Message, StringComparison.Ordinal);
    }

    private static double[] Repaired(GlmmFit fit)
    {
        var units = fit.ClusterScores.Length / fit.ParameterCount;
        return TwoWaySandwich.Of(
            fit.JointCovariance, fit.ClusterScores, Homes(fit, "town", units), Homes(fit, "trade", units), WayFactor.None)
            .Covariance.ToArray();
    }

    // Σ over pairs of units that share a cluster of either way of s_i s_jᵀ, between two inverse informations.
    private static double[] Pairs(GlmmFit fit, string first, string second)
    {
        var m = fit.ParameterCount;
        var (scores, inverse, units) = (fit.ClusterScores.ToArray(), fit.JointCovariance.ToArray(), fit.ClusterScores.Length / m);
        var (a, b) = (Homes(fit, first, units), Homes(fit, second, units));
        var meat = new double[m * m];
        for (var i = 0; i < units; i++)
        {
            for (var j = 0; j < units; j++)
            {
                for (var k = 0; (a[i] == a[j] || b[i] == b[j]) && k < m * m; k++)
                {
                    meat[k] += scores[(i * m) + (k / m)] * scores[(j * m) + (k % m)];
                }
            }
        }

        var covariance = new double[m * m];
        for (var k = 0; k < m * m; k++)
        {
            for (var l = 0; l < m * m; l++)
            {
                covariance[k] += inverse[((k / m) * m) + (l / m)] * meat[l] * inverse[((l % m) * m) + (k % m)];
            }
        }

        return covariance;
    }

    private static int[] Homes(GlmmFit fit, string way, int units)
    {
        var codes = ((FactorColumn)fit.Frame.Auxiliary(way)).Codes;
        var coarsest = fit.Frame.RandomTerms.OrderBy(term => term.GroupCount).First();
        var of = coarsest.GroupCount == units ? coarsest.Groups.ToArray() : fit.Frame.Clusters.OfRows();
        var homes = new int[units];
        for (var row = 0; row < codes.Length; row++)
        {
            homes[of[row]] = codes[row];
        }

        return homes;
    }

    private static void Close(double[] expected, double[] actual)
    {
        var scale = expected.Max(Math.Abs);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-10 * scale);
        }
    }

    private static GlmmFit Fit(string formula, string[] ways, int nodes)
    {
        var fit = GlmmFitter.Fit(Frame(formula, ways), new GlmmOptions { Family = Family.Poisson, Nodes = nodes });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        return fit;
    }

    private static ModelFrame Frame(string formula, string[] ways)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Data);
            return ModelFrameBuilder.Build(DatasetReader.Read(path), new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Cluster = string.Join(':', ways),
                AuxiliaryGroupings = [.. ways, "cell"],
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Rows()
    {
        var text = new StringBuilder("y,x,id,item,round,cell,town,trade\n");
        for (var id = 0; id < 192; id++)
        {
            var (town, trade) = (id % 12, id / 12 % 8);
            for (var row = 0; row < 4; row++)
            {
                var x = Math.Sin((7 * id) + (3 * row));
                var own = Noise(id) + Noise(1000 + town) + Noise(2000 + trade) + Noise(3000 + (4 * id) + row);
                var y = Math.Floor(Math.Exp(0.6 + (0.4 * x) + own));
                text.AppendLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{y},{x:G6},p{id},i{town}{trade}{row % 2},r{row},c{town}{trade},t{town},w{trade}"));
            }
        }

        return text.ToString();

        static double Noise(int key) => (2 * Math.Abs(Math.Sin(key * 12.9898) * 43758.5453 % 1)) - 1;
    }
}
