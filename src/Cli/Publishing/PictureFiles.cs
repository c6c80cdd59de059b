using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Cli.Publishing;

/// <summary>Writes the pictures that <c>--plot</c> asks for: all of them, or none when one cannot be made.</summary>
internal static class PictureFiles
{
    /// <summary>Draws first and writes then.</summary>
    public static void Write(CommandContext context, IReadOnlyList<OfferedPicture> offered) =>
        Write(context, context.Output.Plots, context.Output.Drawing, offered);

    /// <summary>Draws first and writes then, for a command with options of its own.</summary>
    public static void Write(
        CommandContext context, IReadOnlyList<PlotPlace> plots, DrawingOptions drawing, IReadOnlyList<OfferedPicture> offered)
    {
        var drawn = new List<(string Path, string Svg)>();
        foreach (var plot in plots)
        {
            if (plot.Kind is { } kind)
            {
                var picture = offered.First(one => one.Kind == kind);
                drawn.Add(picture.Missing is null
                    ? (plot.Path, SvgDrawing.Draw(picture.Make(), drawing))
                    : throw new InputException($"There is no picture {kind} of this result, because {picture.Missing}.")
                    {
                        Hint = Hint(offered),
                    });
                continue;
            }

            drawn.AddRange(offered
                .Where(one => one.Missing is null)
                .Select(one => (Path.Combine(plot.Path, one.Kind + ".svg"), SvgDrawing.Draw(one.Make(), drawing))));
            foreach (var one in offered.Where(one => one.Missing is not null))
            {
                context.Note($"The picture {one.Kind} is left out, because {one.Missing}.");
            }
        }

        foreach (var folder in plots.Where(plot => plot.Kind is null))
        {
            Directory.CreateDirectory(folder.Path);
        }

        foreach (var (path, svg) in drawn)
        {
            AtomicFile.Write(path, svg);
        }
    }

    private static string Hint(IReadOnlyList<OfferedPicture> offered)
    {
        var there = offered.Where(one => one.Missing is null).Select(one => one.Kind).ToArray();
        return there.Length == 0 ? "It has no pictures." : $"It has {string.Join(", ", there)}.";
    }
}
