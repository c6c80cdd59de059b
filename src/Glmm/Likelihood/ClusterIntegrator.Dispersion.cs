using System.Numerics;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>What of a cluster depends on the dispersion alone, and the derivative in log φ.</content>
internal sealed partial class ClusterIntegrator
{
    private double[] dispersionRows = [];
    private double constantSlope;

    private double DispersionConstant()
    {
        constantSlope = 0;
        if (density.IsLinearInResponse)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            sum += weight[i] * density.Constant(response[i], point.Dispersion, out var derivative);
            constantSlope += weight[i] * derivative;
        }

        return sum;
    }

    private double DispersionSlope()
    {
        var sum = constantSlope;
        var nodes = NodeVectors(nodeEta);
        var total = NodeVectors(nodeSlopes);
        total.Clear();
        Shift(mode);
        for (var i = 0; i < rows; i++)
        {
            nodes.Fill(new Vector<double>(eta[i]));
            for (var d = 0; d < q; d++)
            {
                var along = 0.0;
                for (var b = 0; b <= d; b++)
                {
                    along += transform[(b * q) + d] * v[(b * rowStride) + i];
                }

                AddScaled(along, grid.Nodes(d), nodes);
            }

            density.DispersionAlongNodes(response[i], weight[i], point.Dispersion, nodes, total);
        }

        sum += DotRows(NodeVectors(nodeLog), total);
        if (!adaptive)
        {
            return sum;
        }

        density.DispersionAlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(dispersionRows), RowVectors(dispersionRows, 1), RowVectors(dispersionRows, 2));
        for (var i = 0; i < rows; i++)
        {
            sum += (dispersionRows[(2 * rowStride) + i] * MovementSquare(i)) + (dispersionRows[rowStride + i] * AdjointTimesRow(i));
        }

        return sum;
    }
}
