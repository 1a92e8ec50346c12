package dev.hone.springboot.example;

import dev.hone.program.Predict;
import dev.hone.springboot.LiveProgram;
import dev.hone.springboot.LivePrograms;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sends tickets to teams, by a program whose file may change while it runs. */
@SpringBootApplication
public class TicketApplication {
  /** Who takes a ticket. */
  public enum Team {
    /** Invoices and refunds. */
    BILLING,
    /** Parcels. */
    DELIVERY
  }

  /** What comes in. */
  public record Ticket(String text) {}

  /** Where it goes. */
  public record Route(Team team) {}

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(TicketApplication.class, arguments);
  }

  /** The program; what an optimizer learnt of it is in the file of {@code application.yaml}. */
  @Bean
  LiveProgram<Ticket, Route> route(LivePrograms programs) {
    return programs.of("route", Predict.of(Ticket.class, Route.class));
  }

  /** The HTTP side. */
  @RestController
  static class Desk {
    private final LiveProgram<Ticket, Route> route;

    Desk(LiveProgram<Ticket, Route> route) {
      this.route = route;
    }

    @PostMapping("/tickets")
    Route ticket(@RequestBody Ticket ticket) {
      return route.run(ticket);
    }
  }
}
