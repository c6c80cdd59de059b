using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Mixed.Crossed;

/// <content>The inverse, where gradients and standard errors need it.</content>
public sealed partial class CrossedSystem
{
    /// <summary>Replaces the factor of the rest by the inverse; a tail becomes T, the regression of its columns on the rest.</summary>
    public void Invert()
    {
        var m = layout.RestDimension;
        inverted = inverted.Length == m * m ? inverted : new double[checked(m * m)];
        BlockedCholesky.InvertFactor(Rest, Stride, m, inverted, threads);
        var row = new double[m];
        for (var t = 0; t < Tail; t++)
        {
            var target = Rest.AsSpan((m + t) * Stride, m);
            target.CopyTo(row);
            for (var j = 0; j < m; j++)
            {
                target[j] = Dense.Dot(row.AsSpan(j), inverted.AsSpan((j * m) + j, m - j));
            }
        }

        BlockedCholesky.Inverse(inverted, m, Rest, Stride, threads);
        IsInverted = true;
    }

    /// <summary>
    /// Puts the derivative by all entries of the matrix of a function of its determinant and of what is left for the tail into
    /// <see cref="Rest"/>, after <see cref="Invert"/>: [S⁻¹ + TᵀAT, −TᵀA; −AT, A].
    /// </summary>
    /// <param name="adjoint">A, the derivative by what is left for the tail, full.</param>
    public void AddTail(ReadOnlySpan<double> adjoint)
    {
        var m = layout.RestDimension;
        var regression = new double[Tail * m];
        for (var t = 0; t < Tail; t++)
        {
            Rest.AsSpan((m + t) * Stride, m).CopyTo(regression.AsSpan(t * m));
        }

        var product = new double[Tail * m];
        Dense.Multiply(adjoint, regression, Tail, Tail, m, product);
        for (var i = 0; i < m; i++)
        {
            var row = Rest.AsSpan(i * Stride, Stride);
            for (var t = 0; t < Tail; t++)
            {
                Dense.AddScaled(regression[(t * m) + i], product.AsSpan(t * m, m), row);
                row[m + t] = -product[(t * m) + i];
            }
        }

        for (var t = 0; t < Tail; t++)
        {
            var row = Rest.AsSpan((m + t) * Stride, Stride);
            SpanMath.Negate(product.AsSpan(t * m, m), row);
            adjoint.Slice(t * Tail, Tail).CopyTo(row[m..]);
        }
    }

    /// <summary>
    /// What a group's part of the inverse is, given the inverse of the rest (or any symmetric matrix in its place) in <see cref="Rest"/>.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="block">Receives D⁻¹ + D⁻¹BGBᵀD⁻¹, q×q, full.</param>
    /// <param name="cross">Receives −D⁻¹BG at the columns that the group meets, q×width.</param>
    public void FillInverse(int group, Span<double> block, Span<double> cross)
    {
        var factor = Own(group);
        var coupled = Coupling(group);
        var places = Places(group);
        var width = places.Length;
        var regression = scratch.AsSpan(0, q * width);
        var side = scratch.AsSpan(2 * q * columnScratch.Length, q);
        for (var k = 0; k < width; k++)
        {
            for (var a = 0; a < q; a++)
            {
                side[a] = coupled[(a * width) + k];
            }

            Cholesky.SolveLowerTransposed(factor, q, side);
            for (var a = 0; a < q; a++)
            {
                regression[(a * width) + k] = side[a];
            }
        }

        cross[..(q * width)].Clear();
        Gather(places, regression, cross);
        Cholesky.Inverse(factor, q, block);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                block[(a * q) + b] -= Dense.Dot(cross.Slice(a * width, width), regression.Slice(b * width, width));
            }
        }
    }

    /// <summary>cross = −regression · G at the places.</summary>
    private void Gather(ReadOnlySpan<int> places, ReadOnlySpan<double> regression, Span<double> cross)
    {
        var width = places.Length;
        if (q == 1)
        {
            for (var k = 0; k < width; k++)
            {
                // Each entry of the symmetric matrix is read once: reading is what takes the time.
                var row = Rest.AsSpan(places[k] * Stride, places[k] + 1);
                var value = regression[k];
                var sum = row[^1] * value;
                for (var l = 0; l < k; l++)
                {
                    var entry = row[places[l]];
                    sum += regression[l] * entry;
                    cross[l] -= value * entry;
                }

                cross[k] -= sum;
            }

            return;
        }

        for (var k = 0; k < width; k++)
        {
            var row = Rest.AsSpan(places[k] * Stride, Stride);
            for (var l = 0; l < width; l++)
            {
                var value = row[places[l]];
                for (var a = 0; a < q; a++)
                {
                    cross[(a * width) + k] -= regression[(a * width) + l] * value;
                }
            }
        }
    }
}
