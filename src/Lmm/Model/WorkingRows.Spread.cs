namespace MarginalConditional.Lmm.Model;

/// <content>Crossed effects spread over every row.</content>
internal sealed partial class WorkingRows
{
    /// <summary>The same rows with the effects of every group of the crossed terms side by side.</summary>
    /// <param name="from">The hierarchy of these rows, its coarser level holding the effects of one row.</param>
    /// <param name="to">The hierarchy with that level spread.</param>
    public WorkingRows Spread(GroupHierarchy from, GroupHierarchy to)
    {
        var (own, narrow, wide) = (to.Levels[1].Dimension, from.Levels[0].Dimension, to.Levels[0].Dimension);
        var width = own + wide + FixedEffects + 1;
        var values = new double[Rows * width];
        var transform = new double[wide * wide];
        for (var i = 0; i < Rows; i++)
        {
            var source = Values.AsSpan(i * Width, Width);
            var target = values.AsSpan(i * width, width);
            source[..own].CopyTo(target);
            source[(own + narrow)..].CopyTo(target[(own + wide)..]);
            var (at, start) = (own, own);
            foreach (var term in to.Levels[0].Terms)
            {
                var group = term.Groups[to.RowOrder is { } order ? order[i] : i];
                source.Slice(at, term.Dimension).CopyTo(target[(start + (group * term.Dimension))..]);
                at += term.Dimension;
                start += term.Dimension * term.GroupCount;
            }
        }

        var (offset, place) = (0, 0);
        foreach (var term in to.Levels[0].Terms)
        {
            for (var group = 0; group < term.GroupCount; group++, place += term.Dimension)
            {
                for (var a = 0; a < term.Dimension; a++)
                {
                    transforms[0].AsSpan(((offset + a) * narrow) + offset, term.Dimension)
                        .CopyTo(transform.AsSpan(((place + a) * wide) + place));
                }
            }

            offset += term.Dimension;
        }

        return new WorkingRows(Rows, FixedEffects, own + wide, values, basis, leastSquares, [transform, transforms[1]], LogWeights);
    }

    /// <summary>The derivative of a number in X's coefficients from that in X̃'s: Rᵀv.</summary>
    public double[] SlopeToOriginal(ReadOnlySpan<double> working)
    {
        var slope = new double[FixedEffects];
        for (var k = 0; k < slope.Length; k++)
        {
            for (var i = 0; i <= k; i++)
            {
                slope[k] += basis[(k * FixedEffects) + i] * working[i];
            }
        }

        return slope;
    }
}
