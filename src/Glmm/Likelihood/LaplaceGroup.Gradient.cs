using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The gradient of a group's Laplace value.</content>
internal sealed partial class LaplaceGroup
{
    public void AddGradient(Span<double> gradient)
    {
        var p = data.Columns;
        var inverse = new double[order * order];
        Cholesky.Inverse(curvature, order, inverse);
        var squares = new double[rows];
        var adjoint = new double[order];
        for (var i = 0; i < rows; i++)
        {
            squares[i] = 0.5 * Quadratic(inverse, i);
            for (var k = 0; k < width; k++)
            {
                adjoint[places[(i * width) + k]] += third[i] * squares[i] * directions[(i * width) + k];
            }
        }

        Cholesky.Solve(curvature, order, adjoint);
        var scores = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            scores[i] = first[i] + (third[i] * squares[i]) + (second[i] * Along(adjoint, i));
            Dense.AddScaled(scores[i], data.Design.AsSpan((start + i) * p, p), gradient);
        }

        AddTheta(gradient[p..], inverse, adjoint, scores);
        if (density.HasFreeDispersion)
        {
            gradient[^1] += DispersionSlope(squares, adjoint);
        }
    }

    private double Quadratic(double[] matrix, int i)
    {
        var sum = 0.0;
        for (var k = i * width; k < (i + 1) * width; k++)
        {
            for (var l = i * width; l < (i + 1) * width; l++)
            {
                sum += directions[k] * matrix[(places[k] * order) + places[l]] * directions[l];
            }
        }

        return sum;
    }

    private void AddTheta(Span<double> theta, double[] inverse, double[] adjoint, double[] scores)
    {
        var entry = 0;
        var offset = 0;
        for (var l = 0; l < levelStarts.Length; l++)
        {
            var factor = hierarchy.Levels[l].Factor;
            for (var e = 0; e < factor.ParameterCount; e++, entry++)
            {
                for (var i = 0; i < rows; i++)
                {
                    var place = places[(i * width) + offset + factor.Columns[e]];
                    var z = hierarchy.Designs[l][((start + i) * factor.Dimension) + factor.Rows[e]];
                    var movement = 0.0;
                    for (var k = i * width; k < (i + 1) * width; k++)
                    {
                        movement += 0.5 * inverse[(place * order) + places[k]] * directions[k];
                    }

                    theta[entry] += z * ((scores[i] * effects[place]) + (first[i] * adjoint[place]) + (2 * second[i] * movement));
                }
            }

            offset += factor.Dimension;
        }
    }

    private double DispersionSlope(double[] squares, double[] adjoint)
    {
        double[] log = new double[eta.Length], slope = new double[eta.Length], bend = new double[eta.Length];
        density.DispersionAlongRows(Vectors(response), Vectors(weight), point.Dispersion, Vectors(eta), Vectors(log), Vectors(slope), Vectors(bend));
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            density.Constant(response[i], point.Dispersion, out var constant);
            sum += log[i] + (weight[i] * constant) + (bend[i] * squares[i]) + (slope[i] * Along(adjoint, i));
        }

        return sum;
    }
}
