using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Cli.Options;

/// <summary>How the user wants results written.</summary>
internal sealed record OutputArguments
{
    /// <summary>Default: tables.</summary>
    public OutputFormat Format { get; init; } = OutputFormat.Table;

    /// <summary>The file to write to instead of stdout; null for stdout.</summary>
    public string? OutPath { get; init; }

    /// <summary>How tables become files of rows. Default: this program's names, no text that a spreadsheet would run.</summary>
    public RowsFile Rows { get; init; } = new();

    /// <summary>Level of intervals, inside (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether to show exponentiated coefficients. Default: no.</summary>
    public bool Exponentiate { get; init; }

    /// <summary>Whether to say more: kinds of intervals, iterations, timings. Default: no.</summary>
    public bool Verbose { get; init; }

    /// <summary>Number of threads; 0 means all processors. Results do not depend on it. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>Whether a table of rows has the columns of R's broom. Default: no.</summary>
    public bool BroomNames => Rows.Names == RowNames.Broom;

    /// <summary>Where which pictures are wanted; empty for none.</summary>
    public IReadOnlyList<PlotPlace> Plots { get; init; } = [];

    /// <summary>How large pictures are drawn.</summary>
    public DrawingOptions Drawing { get; init; } = new();

    /// <summary>The file of the report; null for none.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Whether the report has no time. Default: no.</summary>
    public bool NoTimestamp { get; init; }
}
