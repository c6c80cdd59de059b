using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Association;

/// <summary>Both sets of equations against loops over ordered pairs, with derivatives by differences.</summary>
public class AssociationSumsTests
{
    private static readonly double[] Beta = [-0.2, 0.4, 0.3];
    private static readonly double[] Alpha = [0.8, -0.3];

    [Fact]
    public void Scores_and_informations_are_those_of_the_definitions()
    {
        var frame = ClusteredSample.Create(41, Family.Binomial, clusters: 12).Frame;
        var pairs = PairDesign.Create(frame, ["one", "far"], Covariates(frame));
        var sums = new AssociationSums(frame, pairs, Link.Logit);
        Assert.Equal(-1, sums.Evaluate(Beta, Alpha));
        var twin = new Twin(frame);
        Same(twin.MeanScores, sums.MeanScores);
        Same(twin.MeanInformation, sums.MeanInformation);
        Same(twin.PairScores, sums.PairScores);
        Same(twin.PairInformation, sums.PairInformation);
        Same(twin.Cross, sums.Cross);
    }

    private static Action<int, int, Span<double>> Covariates(ModelFrame frame) => (j, k, z) =>
    {
        z[0] = 1;
        z[1] = frame.Waves[k] - frame.Waves[j] > 1 ? 1 : 0;
    };

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var at = 0; at < expected.Length; at++)
        {
            Assert.Equal(expected[at], actual[at], 1e-6 * (1 + Math.Abs(expected[at])));
        }
    }

    private sealed class Twin
    {
        private readonly ModelFrame frame;

        public Twin(ModelFrame frame)
        {
            this.frame = frame;
            var clusters = frame.Clusters;
            (MeanScores, MeanInformation) = (new double[3 * clusters.Count], new double[9]);
            (PairScores, PairInformation, Cross) = (new double[2 * clusters.Count], new double[4], new double[6]);
            for (var i = 0; i < clusters.Count; i++)
            {
                AddMeans(i, clusters.Start(i), clusters.Size(i));
                foreach (var j in Enumerable.Range(clusters.Start(i), clusters.Size(i)))
                {
                    foreach (var k in Enumerable.Range(clusters.Start(i), clusters.Size(i)).Where(k => k != j))
                    {
                        AddPair(i, j, k);
                    }
                }
            }
        }

        public double[] MeanScores { get; }

        public double[] MeanInformation { get; }

        public double[] PairScores { get; }

        public double[] PairInformation { get; }

        public double[] Cross { get; }

        private double Mean(double[] beta, int row) =>
            Link.Logit.Mean(beta.Select((value, column) => value * frame.Design.Column(column)[row]).Sum());

        // P(both are 1) by bisection of the log odds ratio.
        private double Both(double[] beta, double[] alpha, int j, int k)
        {
            Span<double> z = stackalloc double[2];
            Covariates(frame)(Math.Min(j, k), Math.Max(j, k), z);
            var target = (alpha[0] * z[0]) + (alpha[1] * z[1]);
            var (first, second) = (Mean(beta, j), Mean(beta, k));
            var (low, high) = (Math.Max(0, first + second - 1), Math.Min(first, second));
            for (var round = 0; round < 200; round++)
            {
                var middle = 0.5 * (low + high);
                var value = Math.Log(middle) + Math.Log(1 - first - second + middle) - Math.Log(first - middle) - Math.Log(second - middle);
                (low, high) = value < target ? (middle, high) : (low, middle);
            }

            return 0.5 * (low + high);
        }

        // P(y_j = 1 | y_k).
        private double Given(double[] beta, double[] alpha, int j, int k)
        {
            var both = Both(beta, alpha, j, k);
            return frame.Response[k] == 1 ? both / Mean(beta, k) : (Mean(beta, j) - both) / (1 - Mean(beta, k));
        }

        private static double[] Differences(double[] at, Func<double[], double> value)
        {
            const double Step = 1e-5;
            var slopes = new double[at.Length];
            for (var k = 0; k < at.Length; k++)
            {
                double[] up = [.. at];
                double[] down = [.. at];
                (up[k], down[k]) = (up[k] + Step, down[k] - Step);
                slopes[k] = (value(up) - value(down)) / (2 * Step);
            }

            return slopes;
        }

        private void AddPair(int cluster, int j, int k)
        {
            var zeta = Given(Beta, Alpha, j, k);
            var byAlpha = Differences(Alpha, alpha => Given(Beta, alpha, j, k));
            var byBeta = Differences(Beta, beta => Given(beta, Alpha, j, k));
            var precision = 0.5 / (zeta * (1 - zeta));
            for (var a = 0; a < 2; a++)
            {
                PairScores[(2 * cluster) + a] += precision * byAlpha[a] * (frame.Response[j] - zeta);
                for (var b = 0; b < 2; b++)
                {
                    PairInformation[(2 * a) + b] += precision * byAlpha[a] * byAlpha[b];
                }

                for (var c = 0; c < 3; c++)
                {
                    Cross[(3 * a) + c] += precision * byAlpha[a] * byBeta[c];
                }
            }
        }

        private void AddMeans(int cluster, int start, int n)
        {
            var (covariance, derivatives, residual) = (new double[n, n], new double[n, 3], new double[n, 1]);
            for (var j = 0; j < n; j++)
            {
                var mean = Mean(Beta, start + j);
                residual[j, 0] = frame.Response[start + j] - mean;
                for (var c = 0; c < 3; c++)
                {
                    derivatives[j, c] = mean * (1 - mean) * frame.Design.Column(c)[start + j];
                }

                for (var k = 0; k < n; k++)
                {
                    covariance[j, k] = j == k
                        ? mean * (1 - mean)
                        : Both(Beta, Alpha, start + j, start + k) - (mean * Mean(Beta, start + k));
                }
            }

            var left = Matrices.Multiply(Matrices.Transpose(derivatives), Matrices.Inverse(covariance));
            var (score, information) = (Matrices.Multiply(left, residual), Matrices.Multiply(left, derivatives));
            for (var c = 0; c < 3; c++)
            {
                MeanScores[(3 * cluster) + c] = score[c, 0];
                for (var d = 0; d < 3; d++)
                {
                    MeanInformation[(3 * c) + d] += information[c, d];
                }
            }
        }
    }
}
