namespace MarginalConditional.Gee.Tests.Support;

/// <summary>Fay and Graubard's degrees of freedom (2001, section 2.3) with all matrices of order K·p written out.</summary>
internal static class StackedSatterthwaite
{
    public static double Of(DenseEquations dense, double[] contrast)
    {
        var clusters = dense.Scores.Length;
        var p = contrast.Length;
        var bread = Matrices.Inverse(dense.Information);
        var l = new double[p, 1];
        for (var j = 0; j < p; j++)
        {
            l[j, 0] = contrast[j];
        }

        var corrections = new double[clusters][,];
        var shares = new double[clusters];
        var meat = new double[p, p];
        for (var i = 0; i < clusters; i++)
        {
            var share = Matrices.Multiply(dense.Informations[i], bread);
            corrections[i] = new double[p, p];
            var score = new double[p, 1];
            for (var j = 0; j < p; j++)
            {
                corrections[i][j, j] = 1 / Math.Sqrt(1 - Math.Min(0.75, share[j, j]));
                score[j, 0] = corrections[i][j, j] * dense.Scores[i][j];
            }

            meat = Matrices.Add(meat, Matrices.Multiply(score, Matrices.Transpose(score)));
            var without = Matrices.Inverse(Matrices.Add(dense.Information, dense.Informations[i], -1));
            shares[i] = Matrices.Multiply(Matrices.Multiply(Matrices.Transpose(l), Matrices.Add(without, bread, -1)), l)[0, 0];
        }

        var form = new double[clusters * p, clusters * p];
        var variance = new double[clusters * p, clusters * p];
        for (var i = 0; i < clusters; i++)
        {
            // The row vector l' M^-1 H_i (delta_ij I - A_i M^-1) over all j, stacked as a column.
            var g = new double[clusters * p, 1];
            var left = Matrices.Multiply(Matrices.Multiply(Matrices.Transpose(l), bread), corrections[i]);
            var spread = Matrices.Multiply(left, Matrices.Multiply(dense.Informations[i], bread));
            for (var k = 0; k < clusters; k++)
            {
                for (var j = 0; j < p; j++)
                {
                    g[(k * p) + j, 0] = (i == k ? left[0, j] : 0) - spread[0, j];
                }
            }

            form = Matrices.Add(form, Matrices.Multiply(g, Matrices.Transpose(g)));
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k < p; k++)
                {
                    variance[(i * p) + j, (i * p) + k] = shares[i] / shares.Sum() * meat[j, k];
                }
            }
        }

        var product = Matrices.Multiply(variance, form);
        var square = Matrices.Multiply(product, product);
        var trace = Enumerable.Range(0, clusters * p).Sum(j => product[j, j]);
        return trace * trace / Enumerable.Range(0, clusters * p).Sum(j => square[j, j]);
    }
}
